"""A streamed completion: each choice is one text, with its own restorer.

A chunk in which nothing changes goes on as its bytes came. What is held back leaves in the chunk that ends
the choice, or in one of its own when none does.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome
from egide.gateway.dialects._openai import finish_of, read_usage
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Restorer, Session

_PLAIN: Final = frozenset({"text", "index", "logprobs", "finish_reason"})


class CompletionStream:
    """See ``gateway.dialect.StreamReader``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._masked = bool(session.note)
        self._restorers: dict[int, Restorer] = {}
        self._head: dict[str, Any] = {}
        self.outcome = Outcome()
        self.ended = False
        self.failed = False
        self.number = 0

    def feed(self, event: sse.Event) -> bytes:
        if event.data == b"[DONE]":
            self.ended = True
            return self.close() + b"data: [DONE]\n\n"
        chunk = self._read(event)
        if chunk is None:
            return b"" if self.failed else sse.COMMENT
        if not self._masked or not self._restore(chunk):
            return sse.encode(event.data)
        return b"" if _hollow(chunk) else sse.encode(orjson.dumps(chunk))

    def close(self) -> bytes:
        left = [(index, restorer.close()) for index, restorer in self._restorers.items()]
        self._restorers.clear()
        return b"".join(self._made(index, text) for index, text in left if text)

    def _read(self, event: sse.Event) -> dict[str, Any] | None:
        """The chunk; None for a sign of life, or for the provider's own failure."""
        if not event.data:
            return None
        chunk = orjson.loads(event.data)
        if type(chunk) is not dict:
            raise ValueError("not a chunk")
        if chunk.get("error") is not None:
            self.failed = True
            return None
        if type(chunk.get("choices")) is not list:
            raise ValueError("a chunk without choices")
        for choice in chunk["choices"]:
            if type(choice) is not dict or type(choice.get("text")) is not str:
                raise ValueError("a choice without a text")
            if type(choice.setdefault("index", 0)) is not int:
                raise ValueError("a choice without a number")
            self.outcome.finish = finish_of(choice) or self.outcome.finish
        read_usage(chunk, self.outcome)
        if not self._head:
            self._head = {key: chunk.get(key) for key in ("id", "object", "created", "model")}
        return chunk

    def _restore(self, chunk: dict[str, Any]) -> bool:
        changed = False
        for choice in chunk["choices"]:
            text = choice["text"]
            choice["text"] = self._given(choice["index"], text, last=finish_of(choice) is not None)
            changed |= choice["text"] != text or choice.get("logprobs") is not None
            choice["logprobs"] = None
            for name in choice.keys() - _PLAIN:  # not known to come in pieces: restored as it stands
                choice[name] = restore_strings(choice[name], self._session)
                changed = True
        return changed

    def _given(self, index: int, text: str, *, last: bool) -> str:
        restorer = self._restorers.pop(index, None) or self._session.restorer()
        if last:
            return restorer.feed(text) + restorer.close()
        self._restorers[index] = restorer
        return restorer.feed(text)

    def _made(self, index: int, text: str) -> bytes:
        """A chunk of ours that carries held text."""
        choice = {"index": index, "text": text, "logprobs": None, "finish_reason": None}
        return sse.encode(orjson.dumps({**self._head, "choices": [choice]}))


def _hollow(chunk: dict[str, Any]) -> bool:
    """All that the chunk carried is held back for now."""
    if not chunk["choices"] or chunk.get("usage"):
        return False
    return not any(choice["text"] or finish_of(choice) for choice in chunk["choices"])
