"""Character offsets for a browser: JavaScript counts UTF-16 code units, Python counts code points.

They differ after each character beyond U+FFFF (emoji, some ideographs), which JavaScript counts twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Utf16Offsets:
    """Converts code point offsets of one text. Building it reads the text once; a lookup is a bisection."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]

    def __call__(self, position: int) -> int:
        """The UTF-16 offset of the code point offset ``position``."""
        return position + bisect_left(self._astral, position)


def well_formed(text: str) -> str:
    """``text`` without lone surrogates, which JSON lets through and no encoder accepts.

    Each is replaced by U+FFFD, one UTF-16 unit as well: offsets still hold in the browser's text.
    """
    return _LONE_SURROGATE.sub("\ufffd", text)
