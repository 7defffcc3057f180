"""What must not reach a person's screen or clipboard: characters that hide, turn or drive the text around.

Works on pieces, one character at a time or nearly: a stream is never held back by more than one sign.
"""

from __future__ import annotations

import re
from typing import Final

from egide.detection.unveil.disguises.invisible import INVISIBLE

# Emoji are written with a joiner and with variation selectors: those stay.
_KEPT: Final = "\u200d\ufe0e\ufe0f"
_GONE: Final = re.compile(f"(?![{_KEPT}])[{INVISIBLE}]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_PICTURES: Final = {0x1B: "␛", 0x9B: "␛["}  # a terminal obeys what follows: it is shown instead


class Cleaner:
    """One answer. ``removed`` counts the characters taken away, ``images`` the images turned to links."""

    def __init__(self) -> None:
        self.removed = 0
        self.images = 0
        self._held = ""

    def feed(self, piece: str) -> str:
        """``piece`` without what acts. ``![`` becomes ``! [``: an image, fetched at once, becomes a link."""
        text = self._held + piece
        if not text.isascii() or not text.isprintable():
            text = _GONE.sub(self._gone, text)
        self._held = ""
        if "![" in text:
            self.images += text.count("![")
            text = text.replace("![", "! [")
        if text.endswith("!"):
            text, self._held = text[:-1], "!"
        return text

    def close(self) -> str:
        """What was held back."""
        held, self._held = self._held, ""
        return held

    def _gone(self, match: re.Match[str]) -> str:
        self.removed += 1
        return _PICTURES.get(ord(match[0]), "")
