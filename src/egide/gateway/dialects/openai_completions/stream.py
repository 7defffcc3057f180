"""A streamed completion: each choice is one text, with its own restorer.

A chunk in which nothing changes goes on as its bytes came. What is held back leaves in the chunk that ends
the choice, or in one of its own when none does.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialects._openai import Chunks, finish_of
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Restorer, Session

_PLAIN: Final = frozenset({"text", "index", "logprobs", "finish_reason"})


class CompletionStream(Chunks):
    """See ``gateway.dialect.StreamReader``."""

    field = "text"
    form = str

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._restorers: dict[int, Restorer] = {}

    def feed(self, event: sse.Event) -> bytes:
        if event.data == b"[DONE]":
            self.ended = True
            return self.close() + b"data: [DONE]\n\n"
        chunk = self._read(event)
        if chunk is None:
            return b"" if self.failed else sse.COMMENT
        if not self._masked or not (self._prune(chunk) | self._restore(chunk)):
            return sse.encode(event.data)
        return b"" if _hollow(chunk) else sse.encode(orjson.dumps(chunk))

    def close(self) -> bytes:
        left = [(index, restorer.close()) for index, restorer in self._restorers.items()]
        self._restorers.clear()
        return b"".join(self._made(index, text) for index, text in left if text)

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
