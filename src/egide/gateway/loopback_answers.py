"""The answers of the loopback provider, in the form that the real ones give them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

Cut = Callable[[str], Iterator[str]]
_USAGE: Final = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
_TOKENS: Final = {"input_tokens": 11, "output_tokens": 7}
_EMPTY: Final[dict[str, dict[str, Any]]] = {
    "text": {"text": ""},
    "tool_use": {"input": {}},
    "thinking": {"thinking": "", "signature": ""},
}
_CHUNK: Final = {"id": "chatcmpl-loopback", "object": "chat.completion.chunk", "created": 1_764_000_000}


def arguments(text: str, ascii_only: bool = True) -> str:
    """The text as the arguments of a tool; escaped to ASCII or not, as models do either."""
    return json.dumps({"texte": text}, ensure_ascii=ascii_only)


def openai_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """A whole chat completion: ``n`` choices, one call for each declared tool."""
    choices = []
    for index in range(body.get("n") or 1):
        calls = [
            {"id": f"call_{i}", "type": "function", "function": {"name": name, "arguments": arguments(text)}}
            for i, name in enumerate(_openai_tools(body))
        ]
        message: dict[str, Any] = {"role": "assistant", "content": None if calls else text}
        if calls:
            message["tool_calls"] = calls
        choices.append(
            {"index": index, "message": message, "finish_reason": "tool_calls" if calls else "stop"}
        )
    head = {**_CHUNK, "object": "chat.completion", "model": body["model"]}
    return {**head, "choices": choices, "usage": _USAGE}


def openai_events(body: dict[str, Any], text: str, cut: Cut) -> Iterator[str]:
    """A streamed chat completion, the tool calls interleaved as parallel calls are."""
    head = {**_CHUNK, "model": body["model"]}
    tools = _openai_tools(body)

    def chunk(index: int, delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": index, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"

    yield ": loopback\n\n"
    for index in range(body.get("n") or 1):
        yield chunk(index, {"role": "assistant", "content": None if tools else ""})
        for i, name in enumerate(tools):
            function = {"name": name, "arguments": ""}
            call = {"index": i, "id": f"call_{i}", "type": "function", "function": function}
            yield chunk(index, {"tool_calls": [call]})
        pieces = [list(cut(arguments(text, ascii_only=i % 2 == 0))) for i in range(len(tools))]
        for turn in range(max(map(len, pieces), default=0)):
            for i, mine in enumerate(pieces):
                if turn < len(mine):
                    yield chunk(index, {"tool_calls": [{"index": i, "function": {"arguments": mine[turn]}}]})
        for piece in cut("" if tools else text):
            yield chunk(index, {"content": piece})
        yield chunk(index, {}, "tool_calls" if tools else "stop")
    if (body.get("stream_options") or {}).get("include_usage"):
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': _USAGE})}\n\n"
    yield "data: [DONE]\n\n"


def anthropic_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """A whole message: thinking if asked for, then text, or one call for each declared tool."""
    content: list[dict[str, Any]] = []
    if _thinks(body):
        content.append({"type": "thinking", "thinking": f"Lire : {text}", "signature": signature(text)})
    tools = body.get("tools") or []
    content += [
        {"type": "tool_use", "id": f"toolu_{i}", "name": tool["name"], "input": {"texte": text}}
        for i, tool in enumerate(tools)
    ] or [{"type": "text", "text": text}]
    head = {"id": "msg_loopback", "type": "message", "role": "assistant", "model": body["model"]}
    stop = {"stop_reason": "tool_use" if tools else "end_turn", "stop_sequence": None}
    return {**head, "content": content, **stop, "usage": _TOKENS}


def anthropic_events(body: dict[str, Any], text: str, cut: Cut) -> Iterator[str]:
    """A streamed message."""
    message = {**anthropic_answer(body, text), "content": [], "stop_reason": None}
    yield _named("message_start", message=message)
    yield _named("ping")
    for index, block in enumerate(anthropic_answer(body, text)["content"]):
        yield from _block(index, block, cut)
    stop = {"stop_reason": "tool_use" if body.get("tools") else "end_turn", "stop_sequence": None}
    yield _named("message_delta", delta=stop, usage={"output_tokens": 7})
    yield _named("message_stop")


def _block(index: int, block: dict[str, Any], cut: Cut) -> Iterator[str]:
    kind = block["type"]
    empty: dict[str, dict[str, Any]] = {
        "text": {"text": ""},
        "tool_use": {"input": {}},
        "thinking": {"thinking": "", "signature": ""},
    }
    yield _named("content_block_start", index=index, content_block={**block, **empty[kind]})
    if kind == "tool_use":
        pieces = cut(json.dumps(block["input"], ensure_ascii=index % 2 == 0))
        deltas = [{"type": "input_json_delta", "partial_json": piece} for piece in ("", *pieces)]
    elif kind == "thinking":
        deltas = [{"type": "thinking_delta", "thinking": piece} for piece in cut(block["thinking"])]
        deltas.append({"type": "signature_delta", "signature": block["signature"]})
    else:
        deltas = [{"type": "text_delta", "text": piece} for piece in cut(block["text"])]
    for delta in deltas:
        yield _named("content_block_delta", index=index, delta=delta)
    yield _named("content_block_stop", index=index)


def signature(text: str) -> str:
    """What stands for the provider's signature of its thinking."""
    return f"sig{len(text)}=="


def _named(name: str, **content: Any) -> str:
    return f"event: {name}\ndata: {json.dumps({'type': name, **content}, ensure_ascii=False)}\n\n"


def _openai_tools(body: dict[str, Any]) -> list[str]:
    return [tool["function"]["name"] for tool in body.get("tools") or () if "function" in tool]


def _thinks(body: dict[str, Any]) -> bool:
    return (body.get("thinking") or {}).get("type") in ("enabled", "adaptive")
