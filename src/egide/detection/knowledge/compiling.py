"""A list as it is kept: the names of its phrases and of its words with a letter left out, all keyed.

``phrases``: the name of every beginning of a phrase, sorted; ``told``: whether a phrase ends there, and
whether it is weak; ``words``: the name of every word, sorted; ``typos``: see ``typos``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.knowledge import typos
from egide.detection.knowledge.cutting import Places, Words, cut
from egide.detection.knowledge.hashing import Namer, Names, chain, letters, sorted_once
from egide.detection.knowledge.packing import Array, pack
from egide.detection.knowledge.phrases import Phrase

COMPLETE, WEAK = 1, 2
_NONE: Final = -1


def compile_terms(phrases: Iterable[Phrase], key: bytes) -> bytes:
    """``phrases`` under ``key`` (32 bytes), for ``Lists``. Nothing of their text can be read from it."""
    numbers: dict[str, int] = {}
    # Flat: lists by the hundred thousand would stop the process each time its collector reads them.
    flat, sizes, weak = array("i"), array("i"), bytearray()
    for phrase in phrases:
        flat.extend([numbers.setdefault(word, len(numbers)) for word in phrase.words])
        sizes.append(len(phrase.words))
        weak.append(phrase.weak)
    namer = Namer(key)
    words = cut(" ".join(numbers))
    names = namer.of_words(words)
    kept = sorted_once(names)
    return pack(
        {
            **_beginnings(_table(flat, sizes), np.frombuffer(weak, np.bool_), names),
            "words": kept,
            "typos": _typos(namer, words, np.searchsorted(kept, names)),
        }
    )


def _table(flat: array[int], sizes: array[int]) -> NDArray[np.int32]:
    """One row per phrase: the numbers of its words, then ``_NONE``."""
    size = np.frombuffer(sizes, np.int32)
    rows = np.full((len(size), max(sizes, default=0)), _NONE, np.int32)
    rows[np.arange(rows.shape[1]) < size[:, None]] = np.frombuffer(flat, np.int32)
    return rows


def _beginnings(rows: NDArray[np.int32], weak: NDArray[np.bool_], names: Names) -> dict[str, Array]:
    """Every beginning of every phrase, each once: the complete and strong one where several are the same."""
    told = [(np.zeros(0, np.uint64), np.zeros(0, np.uint8))]
    name = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        here = rows[:, column] != _NONE
        rows, weak, name = rows[here], weak[here], chain(name[here], names[rows[here, column]])
        ends = rows[:, column + 1] == _NONE if column + 1 < rows.shape[1] else np.ones(len(rows), np.bool_)
        told.append((name, np.where(ends, COMPLETE + WEAK * weak, 0).astype(np.uint8)))
    every = np.concatenate([one for one, _ in told])
    flags = np.concatenate([one for _, one in told])
    order = best_first(every, flags)
    return {"phrases": every[order], "told": flags[order]}


def best_first(names: Names, told: NDArray[np.uint8]) -> Places:
    """Places of each name once, sorted: complete before unfinished, strong before weak."""
    order = np.lexsort((np.where(told & COMPLETE, told & WEAK, WEAK + 1), names))
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = names[order][1:] != names[order][:-1]
    return order[fresh]


def _typos(namer: Namer, words: Words, index: Places) -> Names:
    size = words.size
    long = words.plain & ~words.digits & (size >= typos.SHORTEST) & (size <= typos.LONGEST)
    some = np.flatnonzero(long & (index < typos.MOST_WORDS))
    rows = letters(words, words.start[some], words.end[some])
    return typos.table(namer, rows, size[some], index[some])
