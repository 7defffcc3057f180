"""The words that the name model reads: runs of letters, an elided article apart, and runs of digits."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from egide.detection.view import LETTER, View

# "d'Amélie" gives "d'" and "Amélie"; "Jean-Pierre" is one word; "14bis" gives "14" and "bis".
_WORD = re.compile(f"([{LETTER}]+(?:-[{LETTER}]+)*'?|[0-9]+)")


class Words(NamedTuple):
    """Words of a text, folded. ``gap[i]`` is what stands before word ``i``, ``gap[-1]`` the tail."""

    word: list[str]
    gap: list[str]
    start: list[int]
    end: list[int]


def cut(view: View) -> Words:
    """The words of ``view`` with their offsets in its text."""
    pieces = _WORD.split(view.low)
    bounds = list(accumulate(map(len, pieces)))
    return Words(pieces[1::2], pieces[0::2], bounds[0:-1:2], bounds[1::2])
