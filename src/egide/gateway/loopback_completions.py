"""Text completions of the loopback provider, in the form that the real ones give them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

_HEAD: Final = {"id": "cmpl-loopback", "object": "text_completion", "created": 1_764_000_000}
_USAGE: Final = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}


def completion_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """A whole completion: ``n`` choices for each prompt, behind the prompt itself if ``echo`` asks for it."""
    choices = [
        {"index": index, "text": said, "logprobs": _logprobs(body, [said]), "finish_reason": "stop"}
        for index, said in enumerate(_texts(body, text))
    ]
    return {**_HEAD, "model": body["model"], "choices": choices, "usage": _USAGE}


def completion_events(body: dict[str, Any], text: str, cut: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """A streamed completion, the choices in turn, as several answers made at once come."""
    head = {**_HEAD, "model": body["model"]}

    def chunk(index: int, piece: str, finish: str | None) -> str:
        choice = {
            "index": index,
            "text": piece,
            "logprobs": _logprobs(body, [piece]),
            "finish_reason": finish,
        }
        return f"data: {json.dumps({**head, 'choices': [choice]}, ensure_ascii=False)}\n\n"

    yield ": loopback\n\n"
    pieces = [list(cut(said)) for said in _texts(body, text)]
    for turn in range(max(map(len, pieces), default=0)):
        for index, mine in enumerate(pieces):
            if turn < len(mine):
                # The last piece ends its choice, in the same chunk.
                yield chunk(index, mine[turn], "stop" if turn == len(mine) - 1 else None)
    if (body.get("stream_options") or {}).get("include_usage"):
        yield f"data: {json.dumps({**head, 'choices': [], 'usage': _USAGE})}\n\n"
    yield "data: [DONE]\n\n"


def _texts(body: dict[str, Any], text: str) -> list[str]:
    asked = body["prompt"]
    prompts = asked if isinstance(asked, list) else [asked]
    return [
        f"{prompt if body.get('echo') else ''}{text}" for prompt in prompts for _ in range(body.get("n") or 1)
    ]


def _logprobs(body: dict[str, Any], tokens: list[str]) -> dict[str, Any] | None:
    if body.get("logprobs") is None:
        return None
    return {
        "tokens": tokens,
        "token_logprobs": [-0.1] * len(tokens),
        "top_logprobs": [{token: -0.1} for token in tokens],
        "text_offset": [0] * len(tokens),
    }
