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
from operator import and_, itemgetter, not_
from typing import Final
from weakref import ref

from egide.detection.recognisers._lexicon import NAMED, Flag, lexicon, named
from egide.detection.view import View

LOWER, TITLE, UPPER, INITIAL = range(4)
_ELIDED: Final = frozenset(
    {"l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_NAMES: Final = Flag.GIVEN | Flag.GIVEN_STRONG | Flag.SURNAME | Flag.SURNAME_STRONG
_BREAKS: Final = frozenset('.!?\n:;«»"•()[]{}|\t>*/=')
_JOINED: Final = frozenset({" ", "  ", " \t", "\t ", "\t\t"})
_ASKED: Final = Flag.TITLE | Flag.STREET | Flag.KIND | Flag.LEGAL | Flag.SUFFIX


def compound(word: str, known: dict[str, int]) -> int:
    """Flags of a hyphenated word that is not listed, from its pieces."""
    pieces = [known.get(piece, 0) for piece in word.split("-")]
    given = Flag.GIVEN
    for p in pieces:
        if p & (Flag.OPENER | Flag.COMMON) and not p & _NAMES:
            return Flag.COMMON
        given &= p
    names = pieces[0] & _NAMES
    for piece in pieces[1:]:
        names |= piece & (Flag.SURNAME | Flag.SURNAME_STRONG)
    return named(names | (Flag.GIVEN | Flag.GIVEN_STRONG if given else 0))


class Tokens:
    """Words of a view. An elided article or pronoun is cut off (``d'Amélie`` gives ``Amélie``).

    ``gap[i]`` is what stands before word ``i``, folded (the whole head for the first), and ``gap[size]``
    the tail. ``joined[i]``: only a space or two before it. ``opens[i]``: it begins a sentence, a line, a
    cell or a quotation. ``capital[i]``: it has a capital that means something.
    """

    def __init__(self, view: View) -> None:
        pieces = view.pieces
        self.text, self.low = view.text, view.low
        # The view keeps its tokens: the other way round too, only the collector would free them.
        self._view = ref(view)
        self.word, self.gap = pieces[1::2], pieces[0::2]
        self.size = len(self.word)
        bounds = list(accumulate(map(len, pieces)))
        self.start, self.end = bounds[0:-1:2], bounds[1::2]
        known = lexicon()
        self.flags = list(map(known.get, self.word, repeat(0)))
        self._unlisted(known)
        self._place()
        self._shape()
        self.ends: dict[int, int] = {}
        """Where the name of a person that begins at a word ends: see ``_names.extend``."""

    def _unlisted(self, known: dict[str, int]) -> None:
        """Words that are not listed as they stand: cut an elided article off, look at their pieces."""
        for i in compress(range(self.size), map(not_, self.flags)):
            word, flags = self.word[i], 0
            if "'" in word:
                article, _, noun = word.partition("'")
                if article in _ELIDED:
                    self.gap[i] += f"{article}'"
                    self.start[i] += len(article) + 1
                    self.word[i] = word = noun
                    flags = known.get(word, 0)
            if not flags and "-" in word:
                flags = compound(word, known)
            if flags:
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
        first = itemgetter(*start)(text) if start else ""
        self.capitals = [i for i, letter in enumerate(first) if not letter.islower()]
        self.capital = capital = [False] * self.size
        # Most capitals are followed by a small letter: the others only are looked at one by one.
        self.shape = shape = [LOWER] * self.size
        for i in self.capitals:
            shape[i], capital[i] = TITLE, True
        behind = [start[i] + 1 for i in self.capitals]
        second = itemgetter(*behind)(text + " ") if behind else ""
        upper: list[int] = []
        self.upper = upper
        for i in compress(self.capitals, map(not_, map(str.islower, second))):
            at, stop = start[i], end[i]
            if stop - at == 1:
                shape[i] = INITIAL
            elif text[at:stop].isupper():
                shape[i] = UPPER
                upper.append(i)
        self.shouted = self._loud(upper)
        if len(upper) > 3:
            for i in compress(range(self.size), self.shouted):
                capital[i] = False

    def __len__(self) -> int:
        return self.size

    @cached_property
    def named(self) -> list[int]:
        """Names, and unlisted words with a capital; the rest, most of the text, no one needs to look at."""
        flags = self.flags
        found = list(compress(range(self.size), map(and_, flags, repeat(Flag.NAME))))
        # A name that is also an everyday word, and a word that is not listed, need their capital.
        found += [i for i in self.capitals if not flags[i] or (flags[i] & NAMED and flags[i] & Flag.COMMON)]
        found.sort()
        return found

    def _loud(self, upper: list[int]) -> bytearray:
        """1 for words of a line written all in capitals, where a capital says nothing."""
        marks = bytearray(self.size)
        if len(upper) < 4:
            return marks
        fourth = zip(upper, upper[3:], strict=False)
        if not any(self.low.find("\n", self.start[i], self.start[k]) < 0 for i, k in fourth):
            return marks  # no line has four of them
        view = self._view()
        assert view is not None  # noqa: S101 - who asks holds the view
        rows = [start for start, _ in view.lines]
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
    def _cues(self) -> list[int]:
        """Places of the words with one of the flags that recognisers ask for."""
        return list(compress(range(self.size), map(and_, self.flags, repeat(_ASKED))))

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
