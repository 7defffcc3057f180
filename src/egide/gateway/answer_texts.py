"""The texts of an answer, whatever the dialect: strings under the names that carry text, pieces joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import orjson

from egide.gateway.sse import EventParser

_TEXTS: Final = frozenset({
    "content", "text", "refusal", "reasoning_content", "reasoning", "thinking", "arguments", "partial_json",
    "delta", "output_text", "summary",
})  # fmt: skip
_NUMBERS: Final = ("index", "output_index", "content_index")
_DEEPEST: Final = 40
_Place = tuple[object, ...]
APART: Final = "\n\n"
_AT_ONCE: Final = 16_384
_MOST: Final = 20_000_000  # bytes of events of one answer


def text_of(answer: Any) -> str:
    """All texts of a whole answer, in order."""
    found: defaultdict[_Place, list[str]] = defaultdict(list)
    _collect(answer, (), found, 0)
    return _joined(found)


class StreamTexts:
    """The texts of a streamed answer, the pieces of each put together as they come.

    Events are read some thousands of bytes at a time and then forgotten: they weigh many times their text.
    """

    def __init__(self) -> None:
        self._found: defaultdict[_Place, list[str]] = defaultdict(list)
        self._parser = EventParser()
        self._pending: list[bytes] = []
        self._waiting = 0
        self._read_bytes = 0

    def add(self, out: bytes) -> None:
        """What the caller is given. Raises ValueError when it is not made of events."""
        if self._read_bytes > _MOST:
            return
        self._pending.append(out)
        self._waiting += len(out)
        if self._waiting > _AT_ONCE:
            self._read()

    def text(self) -> str:
        """All texts, once the stream has ended."""
        self._read()
        return _joined(self._found)

    def _read(self) -> None:
        chunk = b"".join(self._pending)
        self._read_bytes += len(chunk)
        self._pending, self._waiting = [], 0
        for event in self._parser.feed(chunk):
            if event.data[:1] == b"{":
                _collect(orjson.loads(event.data), (), self._found, 0)


def _collect(value: Any, place: _Place, found: defaultdict[_Place, list[str]], depth: int) -> None:
    if depth > _DEEPEST:
        return
    if type(value) is list:
        for number, item in enumerate(value):
            # In a stream the number of an item is told by its own ``index``.
            own = type(item) is dict and any(name in item for name in _NUMBERS)
            _collect(item, place if own else (*place, number), found, depth + 1)
    elif type(value) is dict:
        numbers = tuple(value[name] for name in _NUMBERS if type(value.get(name)) is int)
        for name, item in value.items():
            if type(item) is str and name in _TEXTS:
                found[*place, *numbers, name].append(item)
            elif name == "input" and type(item) in (dict, list):
                found[*place, *numbers, name].append("\n".join(_leaves(item, 0)))
            elif type(item) in (dict, list):
                _collect(item, (*place, *numbers, name), found, depth + 1)


def _leaves(value: Any, depth: int) -> Iterable[str]:
    if type(value) is str:
        yield value
    elif depth < _DEEPEST and type(value) in (dict, list):
        for item in value.values() if type(value) is dict else value:
            yield from _leaves(item, depth + 1)


def _joined(found: defaultdict[_Place, list[str]]) -> str:
    return APART.join("".join(pieces) for pieces in found.values())
