"""A streamed response: each text that comes in pieces has its own restorer, emptied before its end.

Events keep their order. What names a thing kept is sealed alike in all of them; and since a piece may be
held back whole, and what was held given out in an event of ours, events are numbered again.
"""

from __future__ import annotations

from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.openai_responses.answer import restore_item, restore_response, strip
from egide.gateway.dialects.openai_responses.sealed import ITEM, seal
from egide.gateway.restoring import restore_strings
from egide.ports import Delta
from egide.pseudonymisation import Restorer, Session

_FAMILY: Final = "response."
_PIECE: Final = ".delta"
_DONE: Final = ".done"
_TEXT: Final = "response.output_text.delta"
# Pieces of a JSON document.
_JSON: Final = ".arguments.delta", "_arguments.delta"
# What ends all texts of its part or item; other events end that of their own name only.
_LARGER: Final = frozenset(
    {"response.content_part.done", "response.reasoning_summary_part.done", "response.output_item.done"}
)
_ENDS: Final = frozenset({"response.completed", "response.incomplete", "response.failed"})
# What tells which text of an item an event speaks of.
_INDEXES: Final = ("content_index", "summary_index", "command_index")
_NUMBERS: Final = ("output_index", *_INDEXES, "sequence_number")
# What is not restored with the texts of the event itself.
_APART: Final = ("response", "item", "item_id")
_FIELDS: Final = frozenset({"type", "delta", "item_id", *_NUMBERS})
_ODD: Final = ValueError("not an event of a response")

# Which text of the answer an event speaks of: its item, then the indexes; None where it does not say.
_Place = tuple[object, ...]


class ResponseStream:
    """See ``gateway.dialect.StreamReader``."""

    def __init__(self, session: Session, signing: Signing) -> None:
        self._session, self._signing = session, signing
        self._masked = session.changes
        # By the type of its events and its place, a restorer, and the last event that fed it: what is held
        # back goes out in one like it.
        self._open: dict[tuple[str, _Place], tuple[Restorer, dict[str, Any]]] = {}
        self.outcome = Outcome()
        self.ended = False
        self.failed = False
        self.number = 0

    def feed(self, event: sse.Event) -> bytes:
        content = self._read(event)
        if content is None:
            return b"" if self.failed or event.data else sse.COMMENT
        name = content["type"]
        if name in _ENDS:
            before, self.ended = self.close(), True
        elif name.endswith(_DONE):
            before = self._held(content)
        else:
            before = b""
        return before + (self._given(content) if self._restore(content) else b"")

    def deltas(self, event: sse.Event) -> list[Delta]:
        content = self._read(event) or {"type": ""}
        name, found = content["type"], []
        if name == _TEXT:
            found = self._restorer(content, _place(content)).feed_segments(_string(content))
        elif name in _ENDS:
            self.ended = True
            found = [piece for restorer, _ in self._open.values() for piece in restorer.close_segments()]
        return [Delta(piece.text, piece.label) for piece in found]

    def close(self) -> bytes:
        return b"".join(self._emptied(key) for key in list(self._open))

    def _read(self, event: sse.Event) -> dict[str, Any] | None:
        """The event; None for a sign of life, the mark that some services add at the end, or for the
        provider's own failure."""
        if not event.data or event.data == b"[DONE]":
            return None
        content = orjson.loads(event.data)
        if type(content) is not dict or type(content.get("type")) is not str:
            raise _ODD
        name = content["type"]
        if name == "error":
            self.failed = True
            return None
        words = name.replace(".", "").replace("_", "")
        if not name.startswith(_FAMILY) or not (words.isascii() and words.isalnum()):
            raise _ODD
        if any(type(content.get(one)) not in (int, type(None)) for one in _NUMBERS):
            raise _ODD
        return content

    def _restore(self, content: dict[str, Any]) -> bool:
        """The event as the caller may have it, in place; whether anything of it is left."""
        place = _place(content)
        seal(content, self._signing, item_id=ITEM)
        apart = {name: content.pop(name) for name in _APART if _is_apart(name, content.get(name))}
        if "response" in apart:
            restore_response(apart["response"], self._session, self._signing, self.outcome)
        elif content["type"] in _ENDS:
            raise _ODD
        if "item" in apart:
            restore_item(apart["item"], self._session, self._signing)
        left = self._restore_text(content, place) if self._masked else True
        content |= apart
        return left

    def _restore_text(self, content: dict[str, Any], place: _Place) -> bool:
        name = content["type"]
        if "annotation" in content:  # it tells places of the text as it was before
            return False
        strip(content, self._session)
        strip(content.get("part"), self._session)
        if name.endswith(_PIECE) and type(content.get("delta")) is str:
            for odd in content.keys() - _FIELDS if self._session.read else ():
                del content[odd]  # nothing reads it with the pieces that follow
            piece = content["delta"]
            content["delta"] = self._restorer(content, place).feed(piece)
            return bool(content["delta"]) or not piece
        restore_strings(content, self._session)
        return True

    def _restorer(self, content: dict[str, Any], place: _Place) -> Restorer:
        name = content["type"]
        known = self._open.get((name, place))
        restorer = known[0] if known else self._session.restorer("json" if name.endswith(_JSON) else "text")
        self._open[name, place] = restorer, content
        return restorer

    def _held(self, ending: dict[str, Any]) -> bytes:
        """Events of ours with what is held back of the texts that ``ending`` speaks of."""
        name = ending["type"]
        own = name.removesuffix(_DONE) + _PIECE
        here = _place(ending)
        return b"".join(
            self._emptied((kind, place))
            for kind, place in list(self._open)
            if (name in _LARGER or kind == own)
            and all(a is None or a == b for a, b in zip(here, place, strict=True))
        )

    def _emptied(self, key: tuple[str, _Place]) -> bytes:
        restorer, last = self._open.pop(key)
        held = restorer.close()
        return self._given({**last, "delta": held}) if held else b""

    def _given(self, content: dict[str, Any]) -> bytes:
        """The event on the wire, with its own number."""
        if "sequence_number" in content:
            content["sequence_number"] = self.number
        self.number += 1
        return sse.encode(orjson.dumps(content), content["type"])


def _place(content: dict[str, Any]) -> _Place:
    """Some services tell the item by its name alone; others give it another name in each event."""
    item = content.get("output_index")
    if item is None:
        whole = content.get("item")
        item = whole.get("id") if type(whole) is dict else content.get("item_id")
    if type(item) not in (int, str, type(None)):
        raise _ODD
    return item, *map(content.get, _INDEXES)


def _is_apart(name: str, value: Any) -> bool:
    return type(value) is (str if name == "item_id" else dict)


def _string(content: dict[str, Any]) -> str:
    text = content.get("delta")
    if type(text) is not str:
        raise _ODD
    return text
