"""Runs of words that stand in many documents without making them alike: clauses, headings, formulas.

Versions of one document share most of their runs; they are one family, and what they share counts. A run
that stands in three families or more is ordinary.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.knowledge.cutting import Marks
from egide.detection.knowledge.hashing import Names

_FAMILIES: Final = 3
_ALIKE: Final = 0.3


def ordinary(runs: Names, source: NDArray[np.uint16], count: int) -> Marks:
    """Which of ``runs``, sorted, are ordinary; ``source`` is the document of each."""
    if count < _FAMILIES or not len(runs):
        return np.zeros(len(runs), np.bool_)
    family = np.array(_families(runs, source, count))
    pairs = np.unique(np.stack([runs, family[source].astype(np.uint64)]), axis=1)
    names, families = np.unique(pairs[0], return_counts=True)
    many = names[families >= _FAMILIES]
    return np.isin(runs, many)


def _families(runs: Names, source: NDArray[np.uint16], count: int) -> list[int]:
    """The family of each document: those that share three runs in ten of the shorter, and so on."""
    size = np.bincount(source, minlength=count)
    root = list(range(count))

    def top(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    for one, other, shared in _shared(runs, source):
        if shared >= _ALIKE * min(size[one], size[other]):
            root[top(other)] = top(one)
    return [top(one) for one in range(count)]


def _shared(runs: Names, source: NDArray[np.uint16]) -> list[tuple[int, int, int]]:
    """Pairs of documents with how many runs they share, between neighbours of the same run."""
    same = (runs[1:] == runs[:-1]) & (source[1:] != source[:-1])
    pairs, counts = np.unique(np.stack([source[:-1][same], source[1:][same]]), axis=1, return_counts=True)
    return [(int(a), int(b), int(n)) for (a, b), n in zip(pairs.T, counts, strict=True)]
