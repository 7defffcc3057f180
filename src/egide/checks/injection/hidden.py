"""Text that a person does not see and a model reads: tag characters, hidden HTML, comments, long encodings.

    tags(text)    -> what is written with the invisible tag characters U+E0020 to U+E007E
    veils(text)   -> (start, end) of the inside of hidden elements and comments
    decoded(view) -> other readings: without invisible characters, Base64 undone
Source: Unicode Standard, Tags block; "ASCII smuggling" (Rehberger, 2024); OWASP LLM01:2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil import readings
from egide.detection.unveil.gate import LONG, SINGLE, STRANGE, signs
from egide.detection.view import View

_TAGS: Final = re.compile("[\U000e0020-\U000e007e]{4,}")
_FLAG: Final = "\U0001f3f4"  # the flags of England, Scotland and Wales are written with tags
_INVISIBLE: Final = re.compile("[\u200b\u200c\u200d\u2060-\u2064\u180e\ufeff]{16,}")
_HIDING: Final = (
    r"(?:display\s{0,2}:\s{0,2}none|visibility\s{0,2}:\s{0,2}hidden|font-size\s{0,2}:\s{0,2}0|opacity\s{0,2}:\s{0,2}0(?![.\d]*[1-9])"
    r"|(?<!-)color\s{0,2}:\s{0,2}(?:white\b|\#fff\b|\#ffffff|transparent|rgba?\(\s{0,2}255\s{0,2},\s{0,2}255\s{0,2},\s{0,2}255)"
    r"|(?:left|top|text-indent)\s{0,2}:\s{0,2}-\d{3,}|font-size\s{0,2}:\s{0,2}1px|hidden(?=[\s>=]))"
)
_ELEMENT: Final = re.compile(
    rf"<[a-z][a-z0-9]{{0,15}}\b[^<>]{{0,300}}?{_HIDING}[^<>]{{0,300}}>", re.IGNORECASE
)
_COMMENTS: Final = (("<!--", "-->"), ("/*", "*/"), ("[//]: # (", ")"), ("[comment]: <> (", ")"))
_LONGEST: Final = 20_000
# Signs of disguises that may hold a sentence (a number said in words does not).
_HIDES: Final = frozenset({STRANGE, LONG, SINGLE, "&", "%", "\\", "="})


def tags(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it says) of each run of tag characters that is no flag."""
    if not _has_tags(text):
        return
    for match in _TAGS.finditer(text):
        if text[match.start() - 1 : match.start()] != _FLAG:
            yield *match.span(), "".join(chr(ord(char) - 0xE0000) for char in match[0])


def _has_tags(text: str) -> bool:
    return not text.isascii() and max(text) >= "\U000e0020"


def blanks(text: str) -> Iterator[tuple[int, int]]:
    """Long runs of invisible characters: bits of a message."""
    if not text.isascii():
        for match in _INVISIBLE.finditer(text):
            yield match.span()


def veils(text: str) -> Iterator[tuple[int, int]]:
    """The inside of comments and of elements that a page does not show."""
    for opening, closing in _COMMENTS:
        start = text.find(opening)
        while start >= 0:
            inside = start + len(opening)
            end = text.find(closing, inside, inside + _LONGEST)
            if end < 0:
                break
            yield inside, end
            start = text.find(opening, end)
    if "<" in text:
        for match in _ELEMENT.finditer(text):
            name = re.match(r"<([a-z][a-z0-9]*)", match[0], re.IGNORECASE)
            closing = f"</{name[1] if name else ''}"
            end = text.find(closing, match.end(), match.end() + _LONGEST)
            yield match.start(), end if end >= 0 else min(len(text), match.end() + 2_000)


def decoded(view: View) -> list[tuple[str, int, int]]:
    """(what is said, start, end) of each other reading that hides words."""
    if _HIDES.isdisjoint(signs(view)):
        return []
    found = []
    for reading in readings(view.text):
        hidden = bytes(reading.hidden)
        marks = [i for i, mark in enumerate(hidden) if mark]
        if marks:
            found.append((reading.view.text, *reading.place(marks[0], marks[-1] + 1)))
    return found
