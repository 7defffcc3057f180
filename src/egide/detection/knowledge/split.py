"""A word of a list written in two: "Talbour det", "talbour-det". Exact, and never two everyday words."""

from __future__ import annotations

from typing import Final

import numpy as np

from egide.detection.knowledge.compiling import COMPLETE
from egide.detection.knowledge.cutting import Bytes, Marks, Places, Words
from egide.detection.knowledge.hashing import BLOCK, chain
from egide.detection.knowledge.index import Index
from egide.detection.knowledge.reading import Reading
from egide.detection.knowledge.walking import Found
from egide.detection.recognisers._lexicon import Flag, lexicon

_SHORTEST: Final = 6
_COLUMNS: Final = np.arange(BLOCK)


def in_two(index: Index, reading: Reading, links: Marks, text: str) -> Found:
    """Phrases of one word that two neighbours make together, with a hyphen or a capital in front."""
    words = reading.words
    pair = _named(words, np.flatnonzero(_neighbours(words, links)), text)
    names = reading.namer.of_letters(_together(words, pair))
    place, there = index.phrases.look(chain(np.zeros(len(pair), np.uint64), names))
    there &= (index.told[place] & COMPLETE).astype(np.bool_)
    there[there] = [_strange(words, int(i)) for i in pair[there]]
    pair = pair[there]
    return Found(pair, pair + 1, place[there], np.zeros(len(pair), np.bool_))


def _neighbours(words: Words, links: Marks) -> Marks:
    """Words that a space or a hyphen parts from the next, both in letters, long enough together."""
    solid = words.plain & ~words.digits & ~links
    size = words.size
    total = size[:-1] + size[1:]
    one_mark = (words.start[1:] - words.end[:-1] == 1) & (words.block[1:] == words.block[:-1])
    both = solid[:-1] & solid[1:]
    return np.append(one_mark & both & (total >= _SHORTEST) & (total <= BLOCK), False)


def _named(words: Words, pair: Places, text: str) -> Places:
    low, after = words.low, words.end[pair].tolist()
    kept = [
        text[start] != low[start] or low[end] == "-"
        for start, end in zip(words.start[pair].tolist(), after, strict=True)
    ]
    return pair[kept]


def _together(words: Words, pair: Places) -> Bytes:
    """Rows of the letters of each word and the next; a plural loses its mark."""
    first, second = words.size[pair, None], words.size[pair + 1]
    last = words.letters[words.end[pair + 1] - 1]
    total = first[:, 0] + second - ((last == ord("s")) | (last == ord("x")))
    # The one mark between them is stepped over.
    at = words.start[pair, None] + _COLUMNS + (first <= _COLUMNS)
    rows = words.letters.take(at, mode="clip") if len(pair) else np.zeros((0, BLOCK), np.uint8)
    rows *= total[:, None] > _COLUMNS
    return rows


def _strange(words: Words, i: int) -> bool:
    known = lexicon().get
    pieces = [words.low[words.start[k] : words.end[k]] for k in (i, i + 1)]
    return not all(known(piece, 0) & Flag.COMMON for piece in pieces)
