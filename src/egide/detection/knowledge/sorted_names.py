"""Sorted names with a map of bits in front (a Bloom filter of one hash): most words of a text are not there,
and one look at a megabyte says so; only the others are sought in the millions of names.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.knowledge.cutting import Marks, Places
from egide.detection.knowledge.hashing import Names

_BITS_A_NAME: Final = 12
_FEWEST_BITS: Final = 1 << 10
_AT_ONCE: Final = 1 << 18
_SEVEN, _THREE = np.uint64(7), np.uint64(3)
_ONE: Final = np.uint8(1)


class SortedNames:
    """``names``, sorted."""

    def __init__(self, names: Names) -> None:
        self.names = names
        wide = max(_FEWEST_BITS, len(names) * _BITS_A_NAME).bit_length() - 1
        self._shift = np.uint64(64 - wide)
        self._bits = np.zeros(1 << (wide - 3), np.uint8)
        for at in range(0, len(names), _AT_ONCE):
            byte, mask = self._bit(names[at : at + _AT_ONCE])
            np.bitwise_or.at(self._bits, byte, mask)

    def __len__(self) -> int:
        return len(self.names)

    def _bit(self, names: Names) -> tuple[Places, NDArray[np.uint8]]:
        place = names >> self._shift
        return (place >> _THREE).astype(np.int64), _ONE << (place & _SEVEN).astype(np.uint8)

    def perhaps(self, names: Names) -> Places:
        """Places in ``names`` of those that may be here."""
        byte, mask = self._bit(names)
        return (self._bits[byte] & mask).nonzero()[0]

    def look(self, names: Names) -> tuple[Places, Marks]:
        """Where each of ``names`` stands here, and whether it does."""
        at, there = np.zeros(len(names), np.int64), np.zeros(len(names), np.bool_)
        some = self.perhaps(names)
        if len(some):
            place = np.minimum(self.names.searchsorted(names[some]), len(self.names) - 1)
            at[some], there[some] = place, self.names[place] == names[some]
        return at, there
