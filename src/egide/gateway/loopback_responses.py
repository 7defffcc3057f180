"""The answers of the loopback provider in the Responses protocol, as the real one gives them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from egide.gateway.loopback_answers import Cut, arguments

_USAGE: Final = {
    "input_tokens": 11,
    "input_tokens_details": {"cached_tokens": 0},
    "output_tokens": 7,
    "output_tokens_details": {"reasoning_tokens": 0},
    "total_tokens": 18,
}
# What the provider repeats of a request.
_ECHOED: Final = (
    "instructions", "previous_response_id", "tools", "tool_choice", "text", "reasoning", "temperature",
    "user",
)  # fmt: skip


def responses_answer(body: dict[str, Any], text: str, name: str) -> dict[str, Any]:
    """A whole response called ``name``: a reasoning if asked for, then text, or a call of each tool."""
    return {**_head(body, name), "status": "completed", "output": _output(body, text, name), "usage": _USAGE}


def responses_events(body: dict[str, Any], text: str, name: str, cut: Cut) -> Iterator[str]:
    """A streamed response; calls of several tools are interleaved, as parallel calls are."""
    numbers = count()

    def event(kind: str, **content: Any) -> str:
        data = {"type": kind, "sequence_number": next(numbers), **content}
        return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

    head = {**_head(body, name), "status": "in_progress", "output": []}
    yield event("response.created", response=head)
    yield event("response.in_progress", response=head)
    items = list(enumerate(_output(body, text, name)))
    for pieces in ([one] for one in items if "call_id" not in one[1]):
        yield from _interleaved(pieces, cut, event)
    yield from _interleaved([one for one in items if "call_id" in one[1]], cut, event)
    yield event("response.completed", response=responses_answer(body, text, name))


def _interleaved(items: list[tuple[int, dict[str, Any]]], cut: Cut, event: Any) -> Iterator[str]:
    """The events of these items, one of each in turn."""
    ways = [_item(index, item, cut, event) for index, item in items]
    while ways:
        for way in list(ways):
            following = next(way, None)
            if following is None:
                ways.remove(way)
            else:
                yield following


def _item(index: int, item: dict[str, Any], cut: Cut, event: Any) -> Iterator[str]:
    place = {"item_id": item["id"], "output_index": index}
    empty = {"content": [], "summary": [], "arguments": "", "input": ""}
    begun = {name: empty.get(name, value) for name, value in item.items()} | {"status": "in_progress"}
    yield event("response.output_item.added", output_index=index, item=begun)
    for name, kind in (("arguments", "function_call_arguments"), ("input", "custom_tool_call_input")):
        if name in item:
            for piece in cut(item[name]):
                yield event(f"response.{kind}.delta", **place, delta=piece)
            yield event(f"response.{kind}.done", **place, **{name: item[name]})
    for at, part in enumerate(item.get("summary", ())):
        yield from _part("reasoning_summary", part, {**place, "summary_index": at}, cut, event)
    for at, part in enumerate(item.get("content", ())):
        yield from _part("content", part, {**place, "content_index": at}, cut, event)
    yield event("response.output_item.done", output_index=index, item=item)


def _part(family: str, part: dict[str, Any], place: dict[str, Any], cut: Cut, event: Any) -> Iterator[str]:
    kind = {"summary_text": "reasoning_summary_text"}.get(part["type"], part["type"])
    more: dict[str, Any] = {"logprobs": []} if kind == "output_text" else {}
    yield event(f"response.{family}_part.added", **place, part={**part, "text": ""})
    for piece in cut(part["text"]):
        yield event(f"response.{kind}.delta", **place, delta=piece, **more)
    yield event(f"response.{kind}.done", **place, text=part["text"], **more)
    yield event(f"response.{family}_part.done", **place, part=part)


def _head(body: dict[str, Any], name: str) -> dict[str, Any]:
    echoed = {key: body.get(key) for key in _ECHOED}
    fixed = {"object": "response", "created_at": 1_764_000_000, "error": None, "incomplete_details": None}
    told = {"tools": body.get("tools") or [], "tool_choice": body.get("tool_choice") or "auto"}
    return {"id": name, **fixed, "model": body["model"], "parallel_tool_calls": True, "metadata": {}} | (
        echoed | told
    )


def _output(body: dict[str, Any], text: str, name: str) -> list[dict[str, Any]]:
    """The items: each kind of text that the protocol knows, with the same echo."""
    key = name.removeprefix("resp_")
    items: list[dict[str, Any]] = []
    if body.get("reasoning"):
        items.append(
            {
                "type": "reasoning",
                "id": f"rs_{key}",
                "summary": [{"type": "summary_text", "text": f"Lire : {text}"}],
                "content": [{"type": "reasoning_text", "text": f"Relire : {text}"}],
                "encrypted_content": encrypted(text),
            }
        )
    tools = [tool for tool in body.get("tools") or () if tool["type"] in ("function", "custom")]
    if body.get("tool_choice") == "none":
        tools = []
    for i, tool in enumerate(tools):
        called = {"call_id": f"call_{key}{i}", "name": tool["name"], "status": "completed"}
        if tool["type"] == "function":
            said = {"type": "function_call", "id": f"fc_{key}{i}", "arguments": arguments(text, i % 2 == 0)}
        else:
            said = {"type": "custom_tool_call", "id": f"ctc_{key}{i}", "input": text}
        items.append({**said, **called})
    if not tools:
        part = {"type": "output_text", "text": text, "annotations": [], "logprobs": []}
        message = {"type": "message", "id": f"msg_{key}", "role": "assistant", "status": "completed"}
        items.append({**message, "content": [part]})
    return items


def encrypted(text: str) -> str:
    """What stands for the provider's encryption of its reasoning."""
    return f"gAAAA{len(text)}=="
