"""The words of a text as arrays: runs of letters, runs of digits, and what stands between them.

    cut(low) -> Words

"L'Étoile du Nord, X200" gives l, etoile, du, nord, x, 200: elision, hyphens and spacing make no
difference any more. A regular expression does the same word by word, ten times slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

_OTHER, _LETTER, _DIGIT, _LIGHT = range(4)
_MOST_BETWEEN: Final = 4
_MARKS: Final = " '-._\n&/"
_PLAIN: Final = 127
ROOM: Final = 32
"""So that a row of letters may be read from the start of the last word."""


@dataclass(frozen=True, slots=True)
class Words:
    """Word ``i`` is ``low[start[i]:end[i]]``, a run of digits where ``digits[i]``.

    ``letters``: one byte a character, of use where ``plain[i]``, then ``ROOM`` zeros. ``block[i]`` is the
    same for words with nothing between them but spaces and light marks: no term runs over a comma.
    """

    low: str
    letters: Bytes
    start: Places
    end: Places
    digits: Marks
    plain: Marks
    block: Places

    def __len__(self) -> int:
        return len(self.start)

    @property
    def size(self) -> Places:
        """How long each word is."""
        return self.end - self.start


@cache
def _classes() -> Bytes:
    """What each code point of the basic plane is; those beyond are taken for the last, which is nothing."""
    rows = [_DIGIT if c.isdecimal() else _LETTER if c.isalnum() else _OTHER for c in map(chr, range(1 << 16))]
    rows[-1] = _OTHER
    for mark in _MARKS:
        rows[ord(mark)] = _LIGHT
    return np.array(rows, np.uint8)


def cut(low: str) -> Words:
    """The words of ``low``, already folded (see ``view.fold``)."""
    letters, codes = _codes(low)
    around = np.full(len(codes) + 2, _OTHER, np.uint8)
    kind = around[1:-1]
    kind[:] = _classes().take(codes, mode="clip")
    start, end = _words(around)
    plain = np.ones(len(start), np.bool_) if low.isascii() else _plain(letters, kind, start, end)
    return Words(low, letters, start, end, kind[start] == _DIGIT, plain, _blocks(kind, start, end))


def _codes(low: str) -> tuple[Bytes, NDArray[np.uint8] | NDArray[np.uint32]]:
    """A byte per character, with room behind; and the code points."""
    if low.isascii():
        letters = np.frombuffer(low.encode("ascii") + bytes(ROOM), np.uint8)
        return letters, letters[: len(low)]
    codes = np.frombuffer(low.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = np.zeros(len(codes) + ROOM, np.uint8)
    np.minimum(codes, 255, out=letters[: len(codes)], casting="unsafe")
    return letters, codes


def _words(around: Bytes) -> tuple[Places, Places]:
    solid = np.where(around == _LIGHT, _OTHER, around)
    edges = (solid[1:] != solid[:-1]).nonzero()[0]
    first, last = edges[:-1], edges[1:]
    inside = solid[first + 1] != _OTHER
    return first[inside], last[inside]


def _plain(letters: Bytes, kind: Bytes, start: Places, end: Places) -> Marks:
    odd = ((letters[: len(kind)] > _PLAIN) & (kind == _LETTER)).nonzero()[0]
    same: Marks = odd.searchsorted(start) == odd.searchsorted(end)
    return same


def _blocks(kind: Bytes, start: Places, end: Places) -> Places:
    apart = np.zeros(len(start), np.bool_)
    if len(start):
        heavy = (kind == _OTHER).nonzero()[0]
        before = heavy.searchsorted(start)
        apart[1:] = (before[1:] != before[:-1]) | (start[1:] - end[:-1] > _MOST_BETWEEN)
    return apart.cumsum()


def within(count: Places) -> Places:
    """0, 1, ... for each run of ``count``."""
    return np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
