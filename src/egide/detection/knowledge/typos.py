"""One typo: a letter changed, left out, added, or swapped with its neighbour, in a word of six or more.

After SymSpell (W. Garbe): two words at one edit from each other give the same letters once the right
letter is left out of one or both. A list keeps the names of its words with each letter left out, and
where: 39 bits of the name, 5 of the place, 20 of the word, sorted. Nothing can be read from them.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from egide.detection.knowledge.cutting import Bytes, Marks, Places, within
from egide.detection.knowledge.hashing import Namer, Names, sorted_once
from egide.detection.knowledge.sorted_names import SortedNames

SHORTEST, LONGEST = 6, 31
MOST_WORDS: Final = 1 << 20
_WORD_BITS, _PLACE_BITS = np.uint64(20), np.uint64(25)
_WORD: Final = np.uint64((1 << 20) - 1)
_LOW: Final = np.uint64((1 << 25) - 1)
_WHOLE: Final = 31
_AT_ONCE: Final = 20_000
_MOST_HITS: Final = 64


@cache
def _without(wide: int) -> Places:
    """Row i: the columns of a word without its letter i, and the zero behind it."""
    columns = np.arange(wide)
    return columns + (columns >= columns[:, None])


def left_out(rows: Bytes, size: Places) -> tuple[Bytes, Places, Places]:
    """Each word of ``rows`` whole, then without each of its letters: letters, which word, which place."""
    wide = rows.shape[1]
    longer = np.zeros((len(rows), wide + 1), np.uint8)
    longer[:, :wide] = rows
    without = longer[:, _without(wide)]
    word, place = (np.arange(wide) < size[:, None]).nonzero()
    every = np.concatenate([rows, without[word, place]])
    whole = np.full(len(rows), _WHOLE)
    return every, np.concatenate([np.arange(len(rows)), word]), np.concatenate([whole, place])


def table(namer: Namer, rows: Bytes, size: Places, index: Places) -> Names:
    """What is kept of the words ``rows``, whose numbers are ``index``."""
    parts: list[Names] = [np.zeros(0, np.uint64)]
    for at in range(0, len(rows), _AT_ONCE):
        some = slice(at, at + _AT_ONCE)
        letters, word, place = left_out(rows[some], size[some])
        places: Names = place.astype(np.uint64) << _WORD_BITS
        told: Names = (namer.of_letters(letters) & ~_LOW) | places | index[some][word].astype(np.uint64)
        parts.append(told)
    return sorted_once(np.concatenate(parts))


def renumbered(kept: Names, numbers: Places) -> Names:
    """The same with each word's number replaced by ``numbers[number]``; those beyond 20 bits are left out."""
    fresh = numbers[(kept & _WORD).astype(np.int64)].astype(np.uint64)
    return ((kept & ~_WORD) | (fresh & _WORD))[fresh <= _WORD]


def corrected(table: SortedNames, namer: Namer, rows: Bytes, size: Places) -> tuple[Places, Places]:
    """Pairs (word of ``rows``, number of a kept word) that are one edit apart."""
    kept = table.names
    letters, word, place = left_out(rows, size)
    sought = namer.of_letters(letters) & ~_LOW
    hits = table.perhaps(sought)
    first = kept.searchsorted(sought[hits])
    there = kept.take(first, mode="clip") & ~_LOW == sought[hits] if len(kept) else first < 0
    if not there.any():  # as for nearly every text
        return first[:0], first[:0]
    hits, first = hits[there], first[there]
    last = kept.searchsorted(sought[hits] | _LOW, "right")
    count = np.minimum(last - first, _MOST_HITS)
    hit = np.repeat(hits, count)
    entry = kept[np.repeat(first, count) + within(count)]
    near = _one_edit(place[hit], ((entry & _LOW) >> _WORD_BITS).astype(np.int64))
    return word[hit][near], (entry & _WORD).astype(np.int64)[near]


def _one_edit(mine: Places, theirs: Places) -> Marks:
    """Left out of one word only, or of both at the same place or at neighbours (two letters swapped)."""
    one = (mine == _WHOLE) != (theirs == _WHOLE)
    near: Marks = one | ((mine != _WHOLE) & (theirs != _WHOLE) & (abs(mine - theirs) <= 1))
    return near
