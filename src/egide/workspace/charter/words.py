"""What people type, made fit for a page, a PDF and a Word file; and dates as people read them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import override

from egide.reference.programmes import YEARS
from egide.workspace.printing.characters import can_be_shown

# Letters that turn the direction of what follows would make a text read otherwise than it is.
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")


def cleaned(text: str) -> str:
    """On one line, without control characters, and without braces that name a variable."""
    kept = (
        " " if unicodedata.category(letter) == "Cc" else letter
        for letter in text
        if letter not in _TURNING and unicodedata.category(letter) not in {"Cs", "Co", "Cn"}
    )
    return " ".join("".join(kept).replace("{{", "{ {").split())


def printable(text: str) -> bool:
    """Whether the fonts of the PDF files hold these letters: not emojis, nor most other scripts."""
    return can_be_shown(text)


def printed(text: str) -> str:
    """With a question mark for each letter that cannot be printed."""
    return "".join(letter if printable(letter) else "?" for letter in text)


def day(written: str) -> date | None:
    """The day of an ISO date; none for anything else."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def of_this_century(on: date) -> bool:
    """Whether the year can be meant: others are mistakes of typing, and no day could be counted from them."""
    return on.year in YEARS


def shown(on: date) -> str:
    """« 1er décembre 2026 », whatever the language of the page: the charter is in French."""
    with override("fr"):
        said = date_format(on, "j F Y")
    return said.replace("1 ", "1er ", 1) if on.day == 1 else said
