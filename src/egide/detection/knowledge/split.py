"""A word of a list written in two: "Talbour det", "talbour-det". Exact, with a hyphen or a capital in front,
and one of the two is no known word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from egide.detection.knowledge.compiling import COMPLETE
from egide.detection.knowledge.cutting import Bytes, Places
from egide.detection.knowledge.hashing import BLOCK, chain
from egide.detection.knowledge.index import Index
from egide.detection.knowledge.reading import Reading
from egide.detection.knowledge.walking import Found

_SHORTEST: Final = 6


def in_two(index: Index, reading: Reading, unknown: Places, text: str) -> Found:
    """Phrases of one word that two neighbours make together, one of them among ``unknown``."""
    pairs = dict(_pairs(reading, unknown, text))
    names = reading.namer.of_letters(_rows(list(pairs.values())))
    some = index.words.look(names)[1]
    first = np.array(list(pairs), np.int64)[some]
    place, there = index.phrases.look(chain(np.zeros(len(first), np.uint64), names[some]))
    there &= (index.told.take(place, mode="clip") & COMPLETE).astype(np.bool_)
    first, place = first[there], place[there]
    return Found(first, first + 1, place, np.zeros(len(first), np.bool_))


def _pairs(reading: Reading, unknown: Places, text: str) -> Iterator[tuple[int, str]]:
    """The first of two words, and both together, without the mark of a plural."""
    start, end, low = reading.starts, reading.ends, reading.words.low
    for i in unknown.tolist():
        for k in (i - 1, i):
            if not 0 <= k < len(start) - 1 or end[k] + 1 != start[k + 1]:
                continue
            mark = low[end[k]]
            if mark != "-" and (mark != " " or text[start[k]] == low[start[k]]):
                continue
            both = low[start[k] : end[k]] + low[start[k + 1] : end[k + 1]]
            if _SHORTEST <= len(both) <= BLOCK and both.isascii() and both.isalpha():
                yield k, both[:-1] if both[-1] in "sx" else both


def _rows(words: list[str]) -> Bytes:
    joined = b"".join([word.encode().ljust(BLOCK, b"\0") for word in words])
    return np.frombuffer(joined, np.uint8).reshape(-1, BLOCK)
