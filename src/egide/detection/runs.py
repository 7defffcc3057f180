"""Runs of digits of a text, sorted once by what tells a recogniser that a run is none of its own.

A dozen recognisers look at numbers. Each asks for the runs of the length, or with the neighbours, that its
form allows, instead of going through all of them.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from string import ascii_lowercase, digits

_ASCII = frozenset(ascii_lowercase + digits)
Span = tuple[int, int]
_RUN = re.compile(r"[0-9][0-9]*")  # begins with a set: the search passes over the other characters at once


class Runs:
    """Maximal runs of ASCII digits of a folded text, as (start, end), in order."""

    def __init__(self, low: str) -> None:
        self._low = low
        self.spans: list[Span] = [match.span() for match in _RUN.finditer(low)]
        self.starts: list[int] = [start for start, _ in self.spans]

    def next(self, at: int) -> int:
        """Start of the first run that begins at ``at`` or behind it; far away when there is none."""
        place = bisect_left(self.starts, at)
        return self.starts[place] if place < len(self.starts) else sys.maxsize

    @cached_property
    def by_size(self) -> dict[int, list[Span]]:
        """The runs by their count of digits."""
        sized: defaultdict[int, list[Span]] = defaultdict(list)
        for run in self.spans:
            sized[run[1] - run[0]].append(run)
        return dict(sized)

    def sized(self, *sizes: int) -> list[Span]:
        """Runs of one of ``sizes``, in order."""
        own = self.by_size
        if len(sizes) == 1:
            return own.get(sizes[0], [])
        return sorted([run for size in sizes if size in own for run in own[size]])

    def longer(self, fewest: int) -> list[Span]:
        """Runs of at least ``fewest`` digits, in order."""
        return sorted([run for size, row in self.by_size.items() if size >= fewest for run in row])

    @cached_property
    def lettered(self) -> list[Span]:
        """Runs with a letter two characters before: "fr76", "BE 0428"."""
        low = self._low
        return [run for run in self.spans if run[0] > 1 and low[run[0] - 2].isalpha()]

    @cached_property
    def codes(self) -> list[Span]:
        """Words of ASCII letters and digits that hold both: "w751", "14h", "x4rth7k2m"."""
        low, size, past, found = self._low, len(self._low), 0, []
        for start, end in self.spans:
            if start < past or not (low[start - 1 : start] in _ASCII or low[end : end + 1] in _ASCII):
                continue
            first, past = start, end
            while first and low[first - 1] in _ASCII:
                first -= 1
            while past < size and low[past] in _ASCII:
                past += 1
            found.append((first, past))
        return found

    @cached_property
    def dotted(self) -> list[Span]:
        """Runs with a dot and another run right behind: "192.168", "48.85"."""
        low, starts = self._low, self.starts
        return [
            run
            for run, after in zip(self.spans, starts[1:], strict=False)
            if after == run[1] + 1 and low[after - 1] == "."
        ]

    @cached_property
    def by_follower(self) -> dict[str, list[Span]]:
        """The runs by the character right behind them (nothing at the end of the text)."""
        low = self._low
        found: defaultdict[str, list[Span]] = defaultdict(list)
        for run in self.spans:
            found[low[run[1] : run[1] + 1]].append(run)
        return dict(found)

    def followed(self, mark: str) -> list[Span]:
        """Runs with ``mark``, one character, right behind."""
        return self.by_follower.get(mark, [])
