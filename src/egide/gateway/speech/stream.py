"""A streamed transcription: pieces of one text, then the whole of it."""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome
from egide.gateway.restoring import restore_strings
from egide.gateway.speech.answer import read_usage
from egide.pseudonymisation import Session

_FAMILY: Final = "transcript."
_PIECE: Final = "transcript.text.delta"
_DONE: Final = "transcript.text.done"
_ODD: Final = ValueError("not an event of a transcription")


class TranscriptStream:
    """See ``gateway.dialect.StreamReader``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._restorer = session.restorer()
        self._last: dict[str, Any] = {"type": _PIECE}
        self.outcome = Outcome(input_tokens=0)
        self.ended = False
        self.failed = False
        self.number = 0

    def feed(self, event: sse.Event) -> bytes:
        if not event.data or event.data == b"[DONE]":
            return b"" if event.data else sse.COMMENT
        content = orjson.loads(event.data)
        name = content.get("type") if type(content) is dict else None
        if name == "error" or (type(content) is dict and content.get("error") is not None):
            self.failed = True
            return b""
        if type(name) is not str or not name.startswith(_FAMILY):
            raise _ODD
        if not self._session.note:
            return self._noted(content, name) + sse.encode(event.data)
        if name == _PIECE:
            return self._piece(content)
        before = self._noted(content, name)
        content.pop("logprobs", None)
        return before + sse.encode(orjson.dumps(restore_strings(content, self._session)))

    def close(self) -> bytes:
        held = self._restorer.close()
        return sse.encode(orjson.dumps({**self._last, "delta": held})) if held else b""

    def _piece(self, content: dict[str, Any]) -> bytes:
        if type(content.get("delta")) is not str:
            raise _ODD
        content.pop("logprobs", None)  # tokens of placeholders
        self._last = content
        content["delta"] = self._restorer.feed(content["delta"])
        return sse.encode(orjson.dumps(content)) if content["delta"] else b""

    def _noted(self, content: dict[str, Any], name: str) -> bytes:
        """What is still held back, before the event that ends the text."""
        if name != _DONE:
            return b""
        if type(content.get("text")) is not str:
            raise _ODD
        read_usage(content, self.outcome)
        self.ended = True
        return self.close()
