"""What the fonts of printed pages can show: Latin, Greek, Cyrillic and Hebrew letters, and common signs.

PDF/A refuses a document with a character that has no shape, and some scripts stop the compiler: one name
would keep a whole company from its documents. What cannot be shown becomes □; what only steers the text, and
accents that belong to no letter, are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

SQUARE: Final = "□"
# fmt: off
RANGES: Final = (
    (0x0020, 0x04FF), (0x0591, 0x05F4), (0x1E00, 0x1FFF), (0x2000, 0x2040), (0x2044, 0x2052),
    (0x2054, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x211E), (0x2122, 0x2122), (0x2126, 0x214F),
    (0x2190, 0x22FF), (0x2500, 0x25FF), (0x2610, 0x2612), (0x2713, 0x2714),
)
# fmt: on
_NO_SHAPE: Final = {"Cc", "Cn", "Co", "Cs"}
# An accent that is not part of its letter may stand on one of another font: together they have no shape.
_LEFT_OUT: Final = {"Cf": "", "Me": "", "Mn": "", "Zl": "\n", "Zp": "\n"}


def shown(text: str) -> str:
    """The text as it can be printed."""
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


def can_be_shown(text: str) -> bool:
    """Whether every character has a shape."""
    return SQUARE not in shown(text)


def all_shown(data: Any) -> Any:
    """Data as JSON holds them, with every text as it can be printed."""
    if isinstance(data, str):
        return shown(data)
    if isinstance(data, Mapping):
        return {key: all_shown(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [all_shown(value) for value in data]
    return data


def _shown(sign: str) -> str:
    if sign in "\n\t" or " " <= sign <= "~":
        return sign
    if sign in "ﬀﬁﬂﬃﬄ":  # copied from a PDF file: the letters that they join
        return unicodedata.normalize("NFKC", sign)
    category = unicodedata.category(sign)
    if category in _LEFT_OUT:
        return _LEFT_OUT[category]
    has_shape = category not in _NO_SHAPE and any(first <= ord(sign) <= last for first, last in RANGES)
    return sign if has_shape else SQUARE
