"""A streamed chat completion: the text of each choice and of each tool call has its own restorer.

A chunk in which nothing changes goes on as its bytes came. What is held back is given out, in a chunk of
its own, before the choice ends.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialects._openai import Chunks, finish_of
from egide.gateway.restoring import restore_strings
from egide.ports import Delta
from egide.pseudonymisation import Restorer, Session

# Texts that come in pieces, each a field of ``delta``.
_PIECES: Final = ("content", "reasoning_content", "reasoning", "refusal")
_KEPT: Final = frozenset({"role", "tool_calls", "function_call"})
_PLAIN: Final = frozenset({*_KEPT, *_PIECES})
_CALL: Final = frozenset({"index", "id", "type", "function", "custom"})

# Which text of the answer a restorer is for: choice, field, number of the tool call.
_Place = tuple[int, str, int]


class ChatStream(Chunks):
    """See ``gateway.dialect.StreamReader``."""

    field = "delta"
    form = dict

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._restorers: dict[_Place, Restorer] = {}

    def feed(self, event: sse.Event) -> bytes:
        if event.data == b"[DONE]":
            self.ended = True
            return self.close() + b"data: [DONE]\n\n"
        chunk = self._read(event)
        if chunk is None:
            return b"" if self.failed else sse.COMMENT
        if not self._masked:
            return sse.encode(event.data)
        changed = self._prune(chunk) | self._restore(chunk)
        if any(finish_of(choice) for choice in chunk["choices"]):
            return self._finish(chunk)
        if not changed:
            return sse.encode(event.data)
        return b"" if _hollow(chunk) else sse.encode(orjson.dumps(chunk))

    def deltas(self, event: sse.Event) -> list[Delta]:
        if event.data == b"[DONE]":
            self.ended = True
            return self._segments_left()
        chunk = self._read(event)
        found: list[Delta] = []
        for choice in chunk["choices"] if chunk else ():
            text = choice["delta"].get("content")
            if choice["index"] == 0 and type(text) is str and text:
                restorer = self._restorer((0, "content", 0))
                found += [Delta(piece.text, piece.label) for piece in restorer.feed_segments(text)]
            if finish_of(choice):
                found += self._segments_left()
        return found

    def close(self) -> bytes:
        left = b"".join(self._held(place) for place in list(self._restorers))
        self._restorers.clear()
        return left

    def _finish(self, chunk: dict[str, Any]) -> bytes:
        """A chunk that ends choices, in the order that clients expect: its text, what is held, the end."""
        ended = [choice for choice in chunk["choices"] if finish_of(choice)]
        texts = [{**choice, "finish_reason": None} for choice in chunk["choices"] if choice["delta"]]
        first = sse.encode(orjson.dumps({**self._head, "choices": texts})) if texts else b""
        indexes = {choice["index"] for choice in ended}
        places = [place for place in self._restorers if place[0] in indexes]
        held = b"".join(self._held(place) for place in places)
        for place in places:
            del self._restorers[place]
        chunk["choices"] = [{**choice, "delta": {}} for choice in ended]
        return first + held + sse.encode(orjson.dumps(chunk))

    def _restore(self, chunk: dict[str, Any]) -> bool:
        changed = False
        for choice in chunk["choices"]:
            changed |= self._restore_choice(choice)
            if choice.get("logprobs") is not None:
                choice["logprobs"], changed = None, True
        return changed

    def _restore_choice(self, choice: dict[str, Any]) -> bool:
        delta, index, changed = choice["delta"], choice["index"], False
        for name in _PIECES:
            text = delta.get(name)
            if type(text) is str and text:
                delta[name] = self._restorer((index, name, 0)).feed(text)
                changed |= delta[name] != text
            elif text:
                self._restore_other(delta, name, index)
                changed = True
        for number, call in enumerate(delta.get("tool_calls") or ()):
            changed |= self._restore_beside(call, _CALL)
            changed |= self._restore_call(call.get("function"), (index, "arguments", _at(call, number)))
            changed |= self._restore_call(call.get("custom"), (index, "input", _at(call, number)))
        changed |= self._restore_call(delta.get("function_call"), (index, "function_call", 0))
        for name in delta.keys() - _PLAIN:  # not known to come in pieces: restored as it stands
            self._restore_other(delta, name, index)
            changed = True
        return changed

    def _restore_other(self, delta: dict[str, Any], name: str, index: int) -> None:
        """A field that the protocol has not. Where values are taken out, a text may come in pieces, of which
        none is to leave; what is no text cannot be read so."""
        if not self._session.read:
            delta[name] = restore_strings(delta[name], self._session)
        elif type(delta[name]) is str:
            delta[name] = self._restorer((index, name, 0)).feed(delta[name])
        else:
            del delta[name]

    def _restore_call(self, call: Any, place: _Place) -> bool:
        if call is None:
            return False
        field = "input" if place[1] == "input" else "arguments"
        changed = self._restore_beside(call, {"name", field})
        before = call.get(field)
        if not before:
            return changed
        if type(before) is not str:
            raise ValueError("not the arguments of a tool")
        call[field] = self._restorer(place).feed(before)
        return changed or call[field] != before

    def _restore_beside(self, holder: Any, known: Collection[str]) -> bool:
        """What a tool call holds that the protocol has not: see ``_restore_other``."""
        odd = [name for name in holder if name not in known]
        for name in odd:
            if self._session.read:
                del holder[name]
            else:
                holder[name] = restore_strings(holder[name], self._session)
        return bool(odd)

    def _restorer(self, place: _Place) -> Restorer:
        restorer = self._restorers.get(place)
        if restorer is None:
            mode = "json" if place[1] in ("arguments", "function_call") else "text"
            restorer = self._restorers[place] = self._session.restorer("json" if mode == "json" else "text")
        return restorer

    def _held(self, place: _Place) -> bytes:
        held = self._restorers[place].close()
        return self._made(place, held) if held else b""

    def _made(self, place: _Place, text: str) -> bytes:
        """A chunk of ours that carries held text."""
        choice = {"index": place[0], "delta": _delta(place, text), "finish_reason": None}
        return sse.encode(orjson.dumps({**self._head, "choices": [choice]}))

    def _segments_left(self) -> list[Delta]:
        left = [piece for restorer in self._restorers.values() for piece in restorer.close_segments()]
        self._restorers.clear()
        return [Delta(piece.text, piece.label) for piece in left]


def _at(call: dict[str, Any], number: int) -> int:
    index = call.get("index")
    return index if type(index) is int else number


def _delta(place: _Place, text: str) -> dict[str, Any]:
    _, name, number = place
    if name == "arguments":
        return {"tool_calls": [{"index": number, "function": {"arguments": text}}]}
    if name == "input":
        return {"tool_calls": [{"index": number, "custom": {"input": text}}]}
    if name == "function_call":
        return {"function_call": {"arguments": text}}
    return {name: text}


def _hollow(chunk: dict[str, Any]) -> bool:
    """All that the chunk carried is held back for now."""
    if not chunk["choices"] or chunk.get("usage"):
        return False
    deltas = (choice["delta"] for choice in chunk["choices"])
    return all(name not in _KEPT and not text for delta in deltas for name, text in delta.items())
