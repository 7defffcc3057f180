"""The text of bytes whose encoding nobody told: its mark first, then UTF-8, then French Windows."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and how its encoding is called. Raises ValueError on what is no text."""
    for mark, name, shown in _MARKS:
        if data.startswith(mark):
            return data.decode(name), shown
    if b"\0" in data:
        raise ValueError("no text")
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        # Five bytes have no meaning in cp1252; a list is not refused for them.
        return data.decode("cp1252", "replace"), "Windows (cp1252)"
