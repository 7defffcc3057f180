"""A text prepared once for all recognisers.

``low`` has the length of ``text``: lower case, without accents, every space of a line a plain space,
every apostrophe ``'`` and every hyphen ``-``. Recognisers match on ``low`` with simple patterns (no
flag, no accent) and give offsets that hold in ``text``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator
from functools import cached_property
from itertools import accumulate, compress, islice
from operator import itemgetter

from egide.detection.runs import Runs

_PLAIN = {
    "a": "àáâãäåā", "c": "çćč", "d": "ďđð", "e": "éèêëēėęě", "g": "ğ", "i": "îïíìīı", "l": "ł", "n": "ñńň",
    "o": "ôöóòõōøő", "r": "ř", "s": "şšśș", "t": "ťț", "u": "ùûüúūůű", "y": "ÿý", "z": "žźż",
    " ": "\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\u205f\u3000", "'": "’‘ʼ´`", "-": "‐‑‒–—−",
}  # fmt: skip
_REPLACED = tuple((accented, plain) for plain, row in _PLAIN.items() for accented in row)


def _letters() -> str:
    r"""Letters as ranges of a character class: far quicker to test than ``[^\W\d_]``."""
    ranges: list[list[str]] = []
    for c in map(chr, range(0x10000)):
        if c.isalnum() and not c.isdecimal():
            if ranges and ord(c) == ord(ranges[-1][1]) + 1:
                ranges[-1][1] = c
            else:
                ranges.append([c, c])
    return "".join(f"{first}-{last}" for first, last in ranges)


# A word may hold apostrophes and hyphens. Read as one run of letters and marks it costs half as much as
# piece by piece; where two marks touch ("a--b"), it is read piece by piece.
LETTER = _letters()
_RUN = re.compile(f"([{LETTER}][{LETTER}'-]*(?<=[{LETTER}]))")
_EXACT = re.compile(f"([{LETTER}]+(?:['-][{LETTER}]+)*)")
_HEAD = itemgetter(slice(4))
_LONG = 20_000
"""Characters from which one look at every word costs less than to search the text for each that is asked."""
RUN = re.compile(f"([{LETTER}]+|[0-9]+)")
"""A run of letters or of digits."""
_TOUCHING = ("--", "''", "-'", "'-")


def fold(text: str) -> str:
    """``text`` lower-cased and without accents, offsets unchanged."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lower-cased, such as U+0130
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if low.isascii():
        return low.replace("`", "'")
    for accented, plain in _REPLACED:
        if accented in low:
            low = low.replace(accented, plain)
    return low


class Views(dict[str, "View"]):
    """The texts of one request: one that is read for several purposes is prepared once."""

    def __missing__(self, text: str) -> View:
        view = self[text] = View(text)
        return view


class View:
    """A text and what recognisers share of it; each part is computed at most once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = fold(text)

    @cached_property
    def runs(self) -> Runs:
        """The runs of digits, sorted by what recognisers ask."""
        return Runs(self.low)

    @cached_property
    def digits(self) -> list[tuple[int, int]]:
        """(start, end) of every maximal run of ASCII digits."""
        return self.runs.spans

    @cached_property
    def pieces(self) -> list[str]:
        """``low`` cut into gap, word, gap, ..., gap; hyphens and apostrophes inside belong to a word."""
        low = self.low
        return (_EXACT if any(marks in low for marks in _TOUCHING) else _RUN).split(low)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every run of letters of ``low``: the cheapest way to know that a cue is not there."""
        words = " ".join(self.pieces[1::2])
        return frozenset(words.replace("'", " ").replace("-", " ").split(" "))

    @cached_property
    def _firsts(self) -> list[str]:
        return list(map(_HEAD, self.vocabulary))

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first four letters of every word of ``vocabulary``, to know which terms cannot be there."""
        return frozenset(self._firsts)

    def starting(self, beginnings: Container[str]) -> list[str]:
        """The words of ``vocabulary`` that start with one of ``beginnings``, of four letters."""
        return list(compress(self.vocabulary, map(beginnings.__contains__, self._firsts)))

    @property
    def long(self) -> bool:
        """The text is better searched by ``index``."""
        return len(self.low) > _LONG

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """Starts of every run of letters, and of digits."""
        parts = RUN.split(self.low)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for run, at in zip(parts[1::2], islice(accumulate(map(len, parts)), 0, None, 2), strict=False):
            places[run].append(at)
        return dict(places)

    def places(self, word: str) -> list[tuple[int, int]]:
        """(start, end) of every place of ``word``, a whole run of letters."""
        if word not in self.vocabulary:
            return []
        low, found, size = self.low, [], len(word)
        if self.long:
            return [(at, at + size) for at in self.index.get(word, ())]
        start = low.find(word)
        while start >= 0:
            end = start + size
            if not low[start - 1 : start].isalpha() and not low[end : end + 1].isalpha():
                found.append((start, end))
            start = low.find(word, end)
        return found

    def occurrences(self, literal: str) -> list[int]:
        """Start of every occurrence of ``literal`` (already folded) in ``low``."""
        found, start = [], self.low.find(literal)
        while start >= 0:
            found.append(start)
            start = self.low.find(literal, start + 1)
        return found

    def matches(self, pattern: re.Pattern[str], *literals: str) -> Iterator[re.Match[str]]:
        """What ``pattern.finditer`` gives, when every match begins with one of ``literals``; far quicker."""
        places, past = [at for literal in literals for at in self.occurrences(literal)], 0
        for at in sorted(places):
            match = pattern.match(self.low, at) if at >= past else None
            if match:
                past = match.end()
                yield match

    def before(self, start: int, reach: int = 40) -> str:
        """The folded text just before ``start``, of the same line or the one above it."""
        return self.low[max(0, start - reach) : start]

    def after(self, end: int, reach: int = 40) -> str:
        """The folded text just after ``end``."""
        return self.low[end : end + reach]

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """(start, end) of every line, line break excluded."""
        spans, start = [], 0
        for line in self.text.splitlines(keepends=True):
            spans.append((start, start + len(line.rstrip("\r\n"))))
            start += len(line)
        return spans
