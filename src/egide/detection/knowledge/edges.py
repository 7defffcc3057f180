"""Where a copied passage begins and ends: a word changed near its edge leaves no run to tell."""

from __future__ import annotations

from typing import Final

from egide.detection.knowledge.cutting import Words
from egide.detection.view import View

_FAR: Final = 8
_NEAR: Final = 4
_BREAKS: Final = ".!?:;\n•\t|"


def widened(view: View, words: Words, first: int, last: int) -> tuple[int, int]:
    """From the start of the sentence to its end when they are near; else a few words on each side."""
    return _start(view, words, first), _end(view, words, last)


def _start(view: View, words: Words, first: int) -> int:
    for i in range(first, max(first - _FAR, 0) - 1, -1):
        before = view.low[words.end[i - 1] if i else 0 : words.start[i]]
        if not i or any(mark in before for mark in _BREAKS):
            return int(words.start[i])
    return int(words.start[max(first - _NEAR, 0)])


def _end(view: View, words: Words, last: int) -> int:
    final = len(words) - 1
    for i in range(last, min(last + _FAR, final) + 1):
        after = view.low[words.end[i] : words.start[i + 1] if i < final else None]
        if i == final or any(mark in after for mark in _BREAKS):
            return int(words.end[i])
    return int(words.end[min(last + _NEAR, final)])
