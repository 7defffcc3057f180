"""The words of a text with what each may be: one pass, shared by every recogniser of names.

Four parallel lists (start, end, flags, shape) rather than a list of objects: a text of 2,000
characters has 350 words, and half a millisecond is all there is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import Final

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import View

LOWER, TITLE, UPPER, INITIAL = range(4)
_ELIDED: Final = frozenset(
    {"l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_NAMES: Final = Flag.GIVEN | Flag.GIVEN_STRONG | Flag.SURNAME | Flag.SURNAME_STRONG
_BREAKS: Final = frozenset('.!?\n:;«»"•()[]{}|\t>*/=')
NAMED: Final = Flag.GIVEN | Flag.SURNAME


def _compound(word: str, known: dict[str, int]) -> int:
    """Flags of a hyphenated word that is not listed, from its pieces."""
    pieces = [known.get(piece, 0) for piece in word.split("-")]
    if any(p & (Flag.OPENER | Flag.COMMON) and not p & _NAMES for p in pieces):
        return Flag.COMMON
    names = pieces[0] & _NAMES
    for piece in pieces[1:]:
        names |= piece & (Flag.SURNAME | Flag.SURNAME_STRONG)
    if all(p & Flag.GIVEN for p in pieces):
        names |= Flag.GIVEN | Flag.GIVEN_STRONG
    return names


class Tokens:
    """Words of a view. An elided article or pronoun is cut off (``d'Amélie`` gives ``Amélie``)."""

    def __init__(self, view: View) -> None:
        text, low, known = view.text, view.low, lexicon()
        self.text, self.low, self._lines = text, low, view.lines
        spans = view.words
        self.start = [start for start, _ in spans]
        self.end = [end for _, end in spans]
        self.word = [low[start:end] for start, end in spans]
        self.size = len(spans)
        found = list(map(known.get, self.word))
        self.flags = [flags or 0 for flags in found]
        if None in found:
            for i in [i for i, flags in enumerate(found) if flags is None]:
                self._unlisted(i, known)
        self.shape = [LOWER] * len(spans)
        self.capitals = [i for i, start in enumerate(self.start) if not text[start].islower()]
        for i in self.capitals:
            start, end = self.start[i], self.end[i]
            self.shape[i] = INITIAL if end - start == 1 else UPPER if text[start:end].isupper() else TITLE
        named, common, shape = Flag.GIVEN | Flag.SURNAME, Flag.COMMON, self.shape
        # Names, and unlisted words with a capital; the rest, most of the text, no one needs to look at.
        self.named = [
            i
            for i, flags in enumerate(self.flags)
            if (flags & named and (not flags & common or shape[i])) or (not flags and shape[i])
        ]

    def _unlisted(self, i: int, known: dict[str, int]) -> None:
        """Word ``i`` is not listed as it stands: cut an elided article off, look at its pieces."""
        word, flags = self.word[i], 0
        cut = word.find("'")
        if 0 < cut < 7 and word[:cut] in _ELIDED:
            self.start[i] += cut + 1
            self.word[i] = word = word[cut + 1 :]
            flags = known.get(word, 0)
        if not flags and "-" in word:
            flags = _compound(word, known)
        self.flags[i] = flags

    def __len__(self) -> int:
        return len(self.start)

    def gap(self, i: int) -> str:
        """What stands between word ``i - 1`` and word ``i``, folded; the whole head for the first."""
        return self.low[self.end[i - 1] if i else 0 : self.start[i]]

    def joined(self, i: int) -> bool:
        """Word ``i`` follows the one before it with only a space (or two) between."""
        if i > 0 and self.start[i] - self.end[i - 1] == 1:
            return self.low[self.end[i - 1]] == " "
        return (
            i > 0
            and 0 < self.start[i] - self.end[i - 1] < 3
            and self.gap(i).isspace()
            and "\n" not in self.gap(i)
        )

    def opens(self, i: int) -> bool:
        """Word ``i`` begins a sentence, a line, a cell or a quotation."""
        if i == 0:
            return True
        gap = self.gap(i)
        return (
            gap != " "
            and not _BREAKS.isdisjoint(gap)
            and not (gap == ". " and self.end[i - 1] - self.start[i - 1] < 4)
        )

    @cached_property
    def shouted(self) -> bytearray:
        """1 for words of a line written all in capitals, where a capital says nothing."""
        marks = bytearray(len(self))
        if self.shape.count(UPPER) < 4:
            return marks
        rows = [start for start, _ in self._lines]
        loud = Counter(bisect_right(rows, self.start[i]) for i in self.capitals if self.shape[i] == UPPER)
        for row, count in loud.items():
            if count < 4:
                continue
            first = bisect_left(self.start, rows[row - 1])
            last = bisect_left(self.start, rows[row]) if row < len(rows) else len(self)
            shapes = self.shape[first:last]
            # A line of the kind "DUPONT Jean" or a short heading keeps its capitals' meaning.
            if shapes.count(TITLE) + shapes.count(LOWER) <= len(shapes) // 6:
                marks[first:last] = b"\1" * (last - first)
        return marks

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first four letters of every word, to know fast which terms cannot be there."""
        return frozenset([word[:4] for word in self.word])

    def capital(self, i: int) -> bool:
        """Word ``i`` has a capital that means something."""
        return self.shape[i] != LOWER and not self.shouted[i]

    def having(self, flags: int) -> list[int]:
        """Places of the words with one of ``flags``."""
        return [i for i, own in enumerate(self.flags) if own & flags]


def tokens(view: View) -> Tokens:
    """The words of ``view``, computed once for all recognisers."""
    found = view.__dict__.get("_tokens")
    if isinstance(found, Tokens):
        return found
    made = view.__dict__["_tokens"] = Tokens(view)
    return made
