"""The words of a text with what each may be: one pass, shared by every recogniser of names.

Parallel lists (start, end, word, gap, flags, shape...) rather than a list of objects, filled by
operations that run over the whole list at once: a text of 2,000 characters has 350 words, and a tenth
of a millisecond is all there is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate, compress, repeat
from operator import not_, or_
from typing import Final

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import View

LOWER, TITLE, UPPER, INITIAL = range(4)
_ELIDED: Final = frozenset(
    {"l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_NAMES: Final = Flag.GIVEN | Flag.GIVEN_STRONG | Flag.SURNAME | Flag.SURNAME_STRONG
_BREAKS: Final = frozenset('.!?\n:;«»"•()[]{}|\t>*/=')
_JOINED: Final = frozenset({" ", "  ", " \t", "\t ", "\t\t"})
_ASKED: Final = Flag.TITLE | Flag.STREET | Flag.KIND | Flag.LEGAL | Flag.SUFFIX
NAMED: Final = Flag.GIVEN | Flag.SURNAME


def compound(word: str, known: dict[str, int]) -> int:
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
    """Words of a view. An elided article or pronoun is cut off (``d'Amélie`` gives ``Amélie``).

    ``gap[i]`` is what stands before word ``i``, folded (the whole head for the first), and ``gap[size]``
    the tail. ``joined[i]``: only a space or two before it. ``opens[i]``: it begins a sentence, a line, a
    cell or a quotation. ``capital[i]``: it has a capital that means something.
    """

    def __init__(self, view: View) -> None:
        pieces = view.pieces
        self.text, self.low, self._view = view.text, view.low, view
        self.word, self.gap = pieces[1::2], pieces[0::2]
        self.size = len(self.word)
        bounds = list(accumulate(map(len, pieces)))
        self.start, self.end = bounds[0:-1:2], bounds[1::2]
        known = lexicon()
        self.flags = list(map(known.get, self.word, repeat(0)))
        for i in compress(range(self.size), map(not_, self.flags)):
            self._unlisted(i, known)
        self._place()
        self._shape()

    def _unlisted(self, i: int, known: dict[str, int]) -> None:
        """Word ``i`` is not listed as it stands: cut an elided article off, look at its pieces."""
        word, flags = self.word[i], 0
        cut = word.find("'")
        if 0 < cut < 7 and word[:cut] in _ELIDED:
            cut += 1
            self.gap[i] += word[:cut]
            self.start[i] += cut
            self.word[i] = word = word[cut:]
            flags = known.get(word, 0)
        if not flags and "-" in word:
            flags = compound(word, known)
        self.flags[i] = flags

    def _place(self) -> None:
        """How each word stands after the one before it."""
        gap = self.gap
        marks = set(gap)  # a text has a dozen of them, each many times
        breaks = {mark for mark in marks if mark != " " and not _BREAKS.isdisjoint(mark)}
        self.joined = list(map(_JOINED.__contains__, gap))
        self.opens = opens = list(map(breaks.__contains__, gap))
        self.joined[0], opens[0] = False, True
        i = 0
        for _ in range(gap.count(". ") - (gap[0] == ". ")) if ". " in marks else ():
            i = gap.index(". ", i + 1)
            # A full stop behind one to three letters is the one of an abbreviation.
            opens[i] = i == self.size or self.end[i - 1] - self.start[i - 1] > 3

    def _shape(self) -> None:
        text, start, end = self.text, self.start, self.end
        self.shape = shape = [LOWER] * self.size
        self.capital = capital = [False] * self.size
        small = map(str.islower, map(text.__getitem__, start))
        self.capitals = list(compress(range(self.size), map(not_, small)))
        upper = []
        for i in self.capitals:
            at, stop = start[i], end[i]
            capital[i] = True
            if text[at + 1 : at + 2].islower():
                shape[i] = TITLE
            elif stop - at == 1:
                shape[i] = INITIAL
            elif text[at:stop].isupper():
                shape[i] = UPPER
                upper.append(i)
            else:
                shape[i] = TITLE
        self.shouted = self._loud(upper)
        if len(upper) > 3:
            for i in compress(range(self.size), self.shouted):
                capital[i] = False

    def __len__(self) -> int:
        return self.size

    @cached_property
    def named(self) -> list[int]:
        """Names, and unlisted words with a capital; the rest, most of the text, no one needs to look at."""
        named, common, shape = NAMED, Flag.COMMON, self.shape
        return [
            i
            for i, flags in enumerate(self.flags)
            if (flags & named and (not flags & common or shape[i])) or (not flags and shape[i])
        ]

    def _loud(self, upper: list[int]) -> bytearray:
        """1 for words of a line written all in capitals, where a capital says nothing."""
        marks = bytearray(self.size)
        if len(upper) < 4:
            return marks
        fourth = zip(upper, upper[3:], strict=False)
        if not any(self.low.find("\n", self.start[i], self.start[k]) < 0 for i, k in fourth):
            return marks  # no line has four of them
        rows = [start for start, _ in self._view.lines]
        loud = Counter(bisect_right(rows, self.start[i]) for i in upper)
        for row, count in loud.items():
            if count < 4:
                continue
            first = bisect_left(self.start, rows[row - 1])
            last = bisect_left(self.start, rows[row]) if row < len(rows) else self.size
            shapes = self.shape[first:last]
            # A line of the kind "DUPONT Jean" or a short heading keeps its capitals' meaning.
            if shapes.count(TITLE) + shapes.count(LOWER) <= len(shapes) // 6:
                marks[first:last] = b"\1" * (last - first)
        return marks

    @cached_property
    def short(self) -> list[int]:
        """Words of at most three letters that begin with a capital: initials, for one."""
        start, end = self.start, self.end
        return [i for i in self.capitals if end[i] - start[i] < 4]

    @cached_property
    def near(self) -> list[int]:
        """Flags of the three words before each word, together; all flags where fewer stand before."""
        own = self.flags
        two = map(or_, own, own[1:])
        return [-1, -1, -1, *map(or_, two, own[2:])]

    @cached_property
    def _cues(self) -> list[int]:
        """Places of the words with one of the flags that recognisers ask for."""
        return [i for i, own in enumerate(self.flags) if own & _ASKED]

    def having(self, flags: int) -> list[int]:
        """Places of the words with one of ``flags``: title, street, kind or legal form of a firm."""
        own = self.flags
        return [i for i in self._cues if own[i] & flags]


def tokens(view: View) -> Tokens:
    """The words of ``view``, computed once for all recognisers."""
    found = view.__dict__.get("_tokens")
    if isinstance(found, Tokens):
        return found
    made = view.__dict__["_tokens"] = Tokens(view)
    return made
