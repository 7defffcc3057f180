"""Transcriptions of the loopback provider: it hears nothing, and writes down what the prompt says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from aiohttp import BodyPartReader, web

_USAGE: Final = {"type": "tokens", "input_tokens": 14, "output_tokens": 7, "total_tokens": 21}


async def form_of(request: web.Request) -> dict[str, Any]:
    """The fields of a form by name; of a file, its name, its media type and its size."""
    body: dict[str, Any] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = await part.read()
        if part.filename is None:
            said: Any = content.decode()
        else:
            said = {"name": part.filename, "type": part.headers.get("content-type"), "size": len(content)}
        if part.name.endswith("[]"):
            body.setdefault(part.name, []).append(said)
        else:
            body[part.name] = said
    return body


def transcription_answer(body: dict[str, Any], text: str) -> dict[str, Any]:
    """A whole transcription, with its parts where they are asked for."""
    if body.get("response_format") != "verbose_json":
        return {"text": text, "usage": _USAGE}
    part = {"id": 0, "start": 0.0, "end": 1.0, "text": text, "tokens": [1, 2]}
    words = [{"word": word, "start": 0.0, "end": 1.0} for word in text.split()]
    seconds = {"type": "duration", "seconds": 1}
    head = {"task": "transcribe", "language": "french", "duration": 1.0, "usage": seconds}
    return {**head, "text": text, "segments": [part], "words": words}


def transcription_events(text: str, cut: Callable[[str], Iterator[str]]) -> Iterator[str]:
    """A streamed one."""
    for piece in cut(text):
        yield _event({"type": "transcript.text.delta", "delta": piece})
    yield _event({"type": "transcript.text.done", "text": text, "usage": _USAGE})


def _event(content: dict[str, Any]) -> str:
    return f"data: {json.dumps(content, ensure_ascii=False)}\n\n"
