"""The Latin letter, digit or sign that a character of Unicode looks like or is a form of; none for most.

Source: UTS 39, Unicode Security Mechanisms (confusables), for the letters of other alphabets; UAX 15,
Normalization Form KC, for full-width, mathematical, circled and other forms; UCD, numeric values.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Letters of other alphabets, then what each looks like.
_ROWS: Final = (
    ("АВЕЅЗІЇЈКМНОРСТУХҮԚԜѴЁӀԌ", "ABES3IÏJKMHOPCTYXYQWVËIG"),
    ("авеѕзіїјкмнорстухүԛԝѵёӏԁһьпгє", "abes3iïjkmhopctyxyqwvëldhbnre"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿϜ", "ABEZHIKMNOPTYXCJF"),
    ("αβεηικνορτυχωϲϳμσ", "abeniкvoptuxwcjuo".replace("к", "k")),
    ("ՍՕԼՏօոսհզցքյգ", "UOLSonuhqgpjq"),
    ("ᎪᏴᏟᎠᎬᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃᏀ", "ABCDEHiJKLMPRSTVWZG"),
    ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"),
    ("ɑɡɩıƖƽ․。｡∶⁄∕⧸˗➖⁃\u2800\u2028\u2029", "agiil5...:///---\u0020\n\n"),
)
_LATIN: Final = {odd: plain for row in _ROWS for odd, plain in zip(*row, strict=True)}
# Rows of 26 capitals in emoji and squares.
_CAPITALS: Final = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
_NAME: Final = re.compile(r"LATIN (?:LETTER (SMALL CAPITAL)|(SMALL|CAPITAL) LETTER) ([A-Z])(?: WITH .*)?$")
_SIGNS: Final = frozenset("@.-_+/:# %&='")
_LONGEST: Final = 2


@lru_cache(maxsize=4096)
def latin(char: str) -> str | None:
    """One or two plain characters for ``char``, or None."""
    known = _LATIN.get(char) or _number(char)
    if known:
        return known
    for first in _CAPITALS:
        if first <= ord(char) < first + 26:
            return chr(ord("A") + ord(char) - first)
    folded = unicodedata.normalize("NFKC", char)
    if folded != char and len(folded) <= _LONGEST and all(map(_plain, folded)):
        return folded
    named = _NAME.match(unicodedata.name(char, ""))
    if named is None or char < "\u0180":
        return None
    return named[3].lower() if named[2] == "SMALL" else named[3]


def _number(char: str) -> str | None:
    value = unicodedata.digit(char, None)
    return None if value is None else str(value)


def _plain(char: str) -> bool:
    return char in _SIGNS or (char.isalnum() and char < "\u0180")


def foreign(char: str) -> bool:
    """A letter of another alphabet, which may be that of a word of its own language."""
    return char in _LATIN and char.isalpha() and char >= "\u0370"
