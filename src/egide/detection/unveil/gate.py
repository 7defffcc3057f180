"""What is unusual in a text, in a dozen microseconds for 2,000 characters: the signs of disguises.

The text's bytes are turned into a *shape* in one pass of C: letters and digits of ASCII become ``x``, what no
French text holds ``!``, the rest blanks. A few substrings of the shape then tell nearly everything.
"""

from __future__ import annotations

import re
from typing import Final

from egide.detection.recognisers._said import words
from egide.detection.view import View

STRANGE: Final = "strange"
LONG: Final = "long"
SINGLE: Final = "single"
PAIRS: Final = "pairs"
SPELLED: Final = "spelled"
HYPHEN: Final = "hyphen"
# Tokens of this length may be Base64 or hexadecimal; ten digits in Base64 have it.
LONGEST_WORD: Final = 16

_ESCAPING: Final = "&%\\"
_SEPARATING: Final = "=|;\t@\r<"
_LONG: Final = b"x" * LONGEST_WORD
_SINGLE: Final = b" x x x x "
_PAIR: Final = b" hh" * 8
_FEWEST_PAIRS: Final = 8
_ALONE: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_UNELIDED: Final = _ALONE - frozenset("acdjlmnsty")
_FEWEST_ALONE: Final = 4
_HYPHEN: Final = re.compile(r"-\r?\n")
_LATIN_LEADS: Final = bytes(range(0xC2, 0xC6))
# Within the block of French punctuation (E2 80 .. E2 84), what is neither a dash, a quote nor a usual sign.
_UNUSUAL: Final = re.compile(
    rb"\xe2(?:\x80[\x80\x81\x84-\x86\x8b-\x8f\xa8-\xae]|\x81[\x84\xa0-\xbf]|\x82[\x80-\x9c]"
    rb"|\x83[\x90-\xbf]|\x84[\x80-\xa1\xa3-\xbf]|\x85|\x91|\x92|\x93|\x9d|\x9e|\xa0|\xb1)"
)
# Without "un", "deux" and "cent", which any text holds.
_NUMBERS: Final = words(
    "zero trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts",
    "trente quarante cinquante soixante septante huitante nonante",
)
_FEWEST_NUMBERS: Final = 4


def _table(*rows: tuple[str, str], other: str = " ", strange: str = " ") -> bytes:
    """Each byte as the character of its row."""
    made = bytearray(other.encode() * 256)
    for sign, row in rows:
        for char in row:
            made[ord(char)] = ord(sign)
    for lead in (*range(0xC6, 0xE2), *range(0xE3, 0x100)):
        made[lead] = ord(strange)
    return bytes(made)


_ALNUM: Final = "".join(char for char in map(chr, range(128)) if char.isalnum())
_SHAPE: Final = _table(("x", _ALNUM + "="), ("%", _ESCAPING), strange="!")
_HEX: Final = _table(("h", "0123456789abcdefABCDEF"), (" ", " :-,\n"), other=".", strange=".")


def signs(view: View) -> list[str]:
    """The signs that are there: those above, and the marks that disguises are made with."""
    text = view.text
    raw = text.encode("utf-8", "surrogatepass")
    shape = b" " + raw.translate(_SHAPE, _LATIN_LEADS) + b" "
    found = [sign for sign in _SEPARATING if sign in text]
    if b"%" in shape:
        found += [sign for sign in _ESCAPING if sign in text]
    if b"!" in shape or "\xad" in text or _UNUSUAL.search(raw):
        found.append(STRANGE)
    if _LONG in shape:
        found.append(LONG)
    if _apart(view) and _SINGLE in shape:
        found.append(SINGLE)
    if _HYPHEN.search(text):
        found.append(HYPHEN)
    if len(view.digits) >= _FEWEST_PAIRS and (
        _PAIR in b" " + raw.translate(_HEX) or ("x" in view.vocabulary and "0x" in text)
    ):
        found.append(PAIRS)
    if len(_NUMBERS & view.vocabulary) >= _FEWEST_NUMBERS:
        found.append(SPELLED)
    return found


def _apart(view: View) -> bool:
    """Letters or digits stand alone more than elisions and initials do: far quicker than to look for them."""
    letters = len(_ALONE & view.vocabulary)
    if letters >= _FEWEST_ALONE and not _UNELIDED.isdisjoint(view.vocabulary):
        return True
    return len(view.digits) >= _FEWEST_ALONE and any(
        sum([end - start == 1 for start, end in runs]) >= _FEWEST_ALONE - 1
        for runs in view.runs.by_follower.values()
        if len(runs) >= _FEWEST_ALONE - 1
    )
