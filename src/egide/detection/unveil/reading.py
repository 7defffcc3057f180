"""A reading: the plain text of disguised places, with some words around, and where each character comes from.

``starts[i]`` and ``ends[i]`` are the place in the *original* text of character ``i``; ``hidden[i]`` is the
number of the disguise that it came out of, 0 for none. What was removed marks the character before it.
Windows that do not touch are set apart by blank lines; a finding never goes over one.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from egide.detection.finding import Finding
from egide.detection.unveil.disguise import Piece
from egide.detection.view import View

# The cues of the rules stand within 70 characters of a value.
_AROUND: Final = 160
_LONGEST_TOKEN: Final = 4000
_APART: Final = "\n\n\n"
Numbered = tuple[Piece, int]


@dataclass(slots=True)
class Reading:
    """See the module. The reading of a text as it stands has ranges for places."""

    view: View
    starts: Sequence[int]
    ends: Sequence[int]
    hidden: bytes | bytearray
    gaps: Sequence[int] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The whole extent in the original of ``start:end``; text told backwards runs backwards there."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def cut(self, finding: Finding) -> Iterator[Finding]:
        """``finding`` without the blank lines between windows."""
        start = finding.start
        first = bisect_left(self.gaps, start - len(_APART) + 1)
        for gap in self.gaps[first:]:
            if gap >= finding.end:
                break
            if gap > start:
                yield finding._replace(start=start, end=gap)
            start = gap + len(_APART)
        if start < finding.end:
            yield finding._replace(start=start)


def plainly(view: View) -> Reading:
    """The text as it stands."""
    size = len(view.text)
    return Reading(view, range(size), range(1, size + 1), bytes(size))


def reveal(base: Reading, pieces: Sequence[Numbered]) -> Reading:
    """``base`` with ``pieces``, in order and apart, read; only what stands around them is kept."""
    written, i = _Writing(base), 0
    for start, end in _windows(base.view.text, pieces):
        written.apart(start)
        at = start
        while i < len(pieces) and pieces[i][0].start < end:
            piece, number = pieces[i]
            written.keep(at, piece.start)
            written.put(piece, number)
            at, i = piece.end, i + 1
        written.keep(at, end)
    return written.reading()


def _windows(text: str, pieces: Sequence[Numbered]) -> Iterator[tuple[int, int]]:
    """The pieces with the words around them, those that touch as one; each character is looked at once."""
    start = end = -1
    for piece, _ in pieces:
        if start < 0 or piece.start - _AROUND > end:
            if start >= 0:
                yield start, end
            start = _back(text, max(piece.start - _AROUND, 0), end)
        if piece.end + _AROUND > end:
            end = _on(text, piece.end + _AROUND)
    if start >= 0:
        yield start, end


def _back(text: str, at: int, past: int) -> int:
    """The start of the token at ``at``: a number cut in two would be another number."""
    stop = max(0, past, at - _LONGEST_TOKEN)
    while at > stop and not text[at - 1].isspace():
        at -= 1
    return at


def _on(text: str, at: int) -> int:
    at = min(at, len(text))
    stop = min(len(text), at + _LONGEST_TOKEN)
    while at < stop and not text[at].isspace():
        at += 1
    return at


@dataclass(slots=True)
class _Writing:
    """A reading being written."""

    base: Reading
    parts: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    ends: array[int] = field(default_factory=lambda: array("q"))
    hidden: bytearray = field(default_factory=bytearray)
    gaps: list[int] = field(default_factory=list)

    def apart(self, at: int) -> None:
        """Set the window that begins at ``at`` apart from the one before."""
        if self.parts:
            self.gaps.append(len(self.starts))
            place = self.base.starts[at]
            self._add(_APART, [place] * len(_APART), [place] * len(_APART), 0)

    def keep(self, start: int, end: int) -> None:
        """Copy what is not disguised."""
        base = self.base
        self.parts.append(base.view.text[start:end])
        self.starts.extend(base.starts[start:end])
        self.ends.extend(base.ends[start:end])
        self.hidden += base.hidden[start:end]

    def put(self, piece: Piece, number: int) -> None:
        """Write what ``piece`` stands for."""
        if not piece.plain:
            self.hidden[-1:] = bytes([number]) if self.hidden else b""
            return
        spans = piece.spans
        if spans is None:
            start, end = self.base.place(piece.start, piece.end)
            self._add(piece.plain, [start] * len(piece.plain), [end] * len(piece.plain), number)
            return
        places = [self.base.place(start, end) for start, end in spans]
        self._add(piece.plain, [start for start, _ in places], [end for _, end in places], number)

    def reading(self) -> Reading:
        """What was written."""
        return Reading(View("".join(self.parts)), self.starts, self.ends, self.hidden, self.gaps)

    def _add(self, plain: str, starts: list[int], ends: list[int], number: int) -> None:
        self.parts.append(plain)
        self.starts.extend(starts)
        self.ends.extend(ends)
        self.hidden += bytes([number]) * len(plain)
