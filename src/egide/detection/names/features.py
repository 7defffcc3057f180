"""What the name model is told of each word: its letters, the lists, its capitals, what stands around it.

A word by itself gives rows of a table of hashed pieces, the flags of the lists, and its place in the
table of meanings; its ``form`` in the text gives four more rows. The same code serves training.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import compress
from operator import not_
from typing import Final
from zlib import crc32

from egide.detection.finding import Finding
from egide.detection.labels import LABELS
from egide.detection.names.words import Words
from egide.detection.recognisers._lexicon import lexicon
from egide.detection.recognisers._tokens import compound
from egide.detection.view import View

_WORDS: Final = 1 << 15
_PIECES: Final = 1 << 13
_ENDS: Final = (slice(None, 3), slice(None, 4), slice(-2, None), slice(-3, None), slice(-4, None))
HASHED: Final = _WORDS + len(_ENDS) * _PIECES
"""Rows of the table of hashed pieces."""
PER_WORD: Final = 1 + len(_ENDS)
FLAGS: Final = 21
"""Flags of the lists, a bit each: see ``recognisers/_lexicon``."""

_SHAPES: Final = 16
_GAPS: Final = 1 << 10
_LABELS: Final = {label: index for index, label in enumerate(LABELS)}
_GAP_AT: Final = _SHAPES
_SEEN_AT: Final = _GAP_AT + _GAPS
_EVIDENCE_AT: Final = _SEEN_AT + 4
NO_EVIDENCE: Final = _EVIDENCE_AT
FORMS: Final = _EVIDENCE_AT + 1 + 2 * len(_LABELS)
"""Rows of the table of forms: shapes, gaps, seen elsewhere, evidence of the rules."""
_LOWER, _TITLE, _UPPER, _INITIAL, _MIXED, _YEAR, _DIGITS = range(7)
_OPENING: Final = frozenset(".!?\n:;•\t|>")


def rows(word: str) -> list[int]:
    """Rows of a folded word in the table of hashed pieces: the word, then its ends."""
    if word.isdigit():
        word = "0" * min(len(word), 11)
    found = [crc32(word.encode()) % _WORDS]
    for slot, end in enumerate(_ENDS):
        found.append(_WORDS + slot * _PIECES + crc32(word[end].encode()) % _PIECES)
    return found


def flags(word: str) -> int:
    """What the lists say of a folded word, an elided article or a compound."""
    known = lexicon()
    word = word.rstrip("'")
    own = known.get(word, 0)
    return compound(word, known) if not own and "-" in word else own


@lru_cache(1 << 12)
def _gap_row(gap: str) -> int:
    """Row of what stands before a word; long gaps by their ends and their line breaks."""
    if len(gap) > 4:
        gap = f"{gap[:2]}{min(gap.count(chr(10)), 3)}{gap[-2:]}"
    return _GAP_AT + crc32(gap.encode("utf-8", "surrogatepass")) % _GAPS


def _shape(word: str, written: str) -> int:
    """The shape of a word that is no plain lower-case one."""
    if word[0].isdigit():
        if len(word) == 4 and word[:2] in ("19", "20"):
            return _YEAR
        return _DIGITS + min(len(word), 9)
    if len(written) == 1 or (len(written) == 2 and written[1] in "'’"):
        return _INITIAL
    if written.isupper():
        return _UPPER
    return _TITLE if written[0].isupper() and written[1:].islower() else _MIXED


def forms(view: View, words: Words, found: Iterable[Finding]) -> list[list[int]]:
    """Four rows a word in the table of forms: shape, gap, seen elsewhere, evidence of ``found``."""
    text, start, end = view.text, words.start, words.end
    size = len(start)
    shapes, raised = [_LOWER] * size, set[str]()
    first = map(text.__getitem__, start)
    marked = list(compress(range(size), map(not_, map(str.islower, first))))
    for i in marked:
        shape = shapes[i] = _shape(words.word[i], text[start[i] : end[i]])
        if shape < _YEAR and _OPENING.isdisjoint(words.gap[i]) and i:
            raised.add(words.word[i])
    small = set(compress(words.word, map(not_, shapes)))
    # Most words are written small, and never with a capital that means something.
    seen = [_SEEN_AT + 2] * size
    both = raised & small
    for i in [i for i, word in enumerate(words.word) if word in both] if both else ():
        seen[i] = _SEEN_AT + 3
    for i in marked:
        word = words.word[i]
        seen[i] = _SEEN_AT + (word in raised) + 2 * (word in small)
    return [shapes, list(map(_gap_row, words.gap[:-1])), seen, evidence(words, found)]


def evidence(words: Words, found: Iterable[Finding]) -> list[int]:
    """The row of what the rules say of each word; the longest finding counts where several overlap."""
    told = [NO_EVIDENCE] * len(words.start)
    for finding in sorted(found, key=lambda one: one.end - one.start):
        first = bisect_right(words.end, finding.start)
        last = bisect_left(words.start, finding.end)
        row = NO_EVIDENCE + 1 + 2 * _LABELS[finding.label]
        for i in range(first, last):
            told[i] = row + (i > first)
    return told
