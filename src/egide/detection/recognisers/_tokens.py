"""The words of a text with what each may be: one pass, shared by every recogniser of names.

Four parallel lists (start, end, flags, shape) rather than a list of objects: a text of 2,000
characters has 350 words, and half a millisecond is all there is.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import View

LOWER, TITLE, UPPER, INITIAL = range(4)
_ELIDED: Final = frozenset(
    {"l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"}
)
_NAMES: Final = int(Flag.GIVEN | Flag.GIVEN_STRONG | Flag.SURNAME | Flag.SURNAME_STRONG)
_BREAKS: Final = frozenset('.!?\n:;«»"•()[]{}|\t>*/=')
NAMED: Final = int(Flag.GIVEN | Flag.SURNAME)


def _compound(word: str, known: dict[str, int]) -> int:
    """Flags of a hyphenated word that is not listed, from its pieces."""
    pieces = [known.get(piece, 0) for piece in word.split("-")]
    if any(p & (Flag.OPENER | Flag.COMMON) and not p & _NAMES for p in pieces):
        return int(Flag.COMMON)
    names = pieces[0] & _NAMES
    for piece in pieces[1:]:
        names |= piece & int(Flag.SURNAME | Flag.SURNAME_STRONG)
    if all(p & Flag.GIVEN for p in pieces):
        names |= int(Flag.GIVEN | Flag.GIVEN_STRONG)
    return names


class Tokens:
    """Words of a view. An elided article or pronoun is cut off (``d'Amélie`` gives ``Amélie``)."""

    def __init__(self, view: View) -> None:
        self.text, self.low = view.text, view.low
        self.start: list[int] = []
        self.end: list[int] = []
        self.flags: list[int] = []
        self.shape: list[int] = []
        self.word: list[str] = []
        text, low, known = self.text, self.low, lexicon()
        get = known.get
        add_start, add_end = self.start.append, self.end.append
        add_flags, add_shape, add_word = self.flags.append, self.shape.append, self.word.append
        for start, end in view.words:
            word = low[start:end]
            flags = get(word, -1)
            if flags < 0:
                flags = 0
                cut = word.find("'")
                if 0 < cut < 7 and word[:cut] in _ELIDED:
                    start += cut + 1
                    word = word[cut + 1 :]
                    flags = get(word, 0)
                if not flags and "-" in word:
                    flags = _compound(word, known)
            first = text[start]
            if first.islower():
                shape = LOWER
            elif end - start == 1:
                shape = INITIAL
            else:
                shape = UPPER if text[start:end].isupper() else TITLE
            add_start(start)
            add_end(end)
            add_flags(flags)
            add_shape(shape)
            add_word(word)

    def __len__(self) -> int:
        return len(self.start)

    def gap(self, i: int) -> str:
        """What stands between word ``i - 1`` and word ``i``, folded; the whole head for the first."""
        return self.low[self.end[i - 1] if i else 0 : self.start[i]]

    def joined(self, i: int) -> bool:
        """Word ``i`` follows the one before it with only a space (or two) between."""
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
        first = 0
        for i in range(1, len(self) + 1):
            if i < len(self) and "\n" not in self.gap(i):
                continue
            row = self.shape[first:i]
            # A line of the kind "DUPONT Jean" or a short heading keeps its capitals' meaning.
            if len(row) >= 4 and row.count(TITLE) + row.count(LOWER) <= len(row) // 6:
                marks[first:i] = b"\1" * (i - first)
            first = i
        return marks

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
