"""Where a value stands in a text, whatever its case and accents: the spans of a test case."""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.view import fold


def spans(text: str, value: str) -> list[tuple[int, int]]:
    """Start and end (code points) of every mention, left to right and disjoint.

    Mentions that are whole words count; only when there is none do pieces of words.
    """
    found = list(_mentions(fold(text), fold(value)))
    whole = [(start, end) for start, end in found if not _cuts(text, start) and not _cuts(text, end)]
    return whole or found


def _mentions(text: str, value: str) -> Iterator[tuple[int, int]]:
    start = text.find(value)
    while start >= 0:
        yield start, start + len(value)
        start = text.find(value, start + len(value))


def _cuts(text: str, place: int) -> bool:
    """Whether a word goes on over ``place``."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
