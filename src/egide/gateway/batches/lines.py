"""The lines of a file that comes in pieces, in bounded memory, numbered as an editor numbers them.

Line ends of both kinds, a mark of byte order in front and empty lines are taken as they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """``raw`` is None when the line is longer than may be kept; ``size`` in bytes."""

    number: int
    raw: bytes | None = field(repr=False)
    size: int


class Lines:
    """Feed it bytes; it gives the lines that are complete and not empty."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._pending: list[bytes] = []
        self._size = 0
        self._number = 0

    def feed(self, chunk: bytes) -> list[Line]:
        """Lines completed by ``chunk``."""
        *whole, rest = chunk.split(b"\n")
        found = []
        for piece in whole:
            self._add(piece)
            if (line := self._line()) is not None:
                found.append(line)
        self._add(rest)
        return found

    def close(self) -> list[Line]:
        """The last line, when nothing ends it."""
        line = self._line()
        return [line] if line is not None else []

    def _add(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._longest:
            self._pending = []
        elif piece:
            self._pending.append(piece)

    def _line(self) -> Line | None:
        size, raw = self._size, b"".join(self._pending)
        self._number, self._size, self._pending = self._number + 1, 0, []
        if size > self._longest:
            return Line(self._number, None, size)
        if self._number == 1:
            raw = raw.removeprefix(_MARK)
        raw = raw.strip(b" \t\r")
        return Line(self._number, raw, size) if raw else None
