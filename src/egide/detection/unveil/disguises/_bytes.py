"""From bytes to a text that a person wrote, or none: random bytes are nobody's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from egide.detection.unveil.disguise import Piece

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff]")
_FOREIGN: Final = re.compile(r"[^\x00-\x7fàâäçéèêëîïôöùûüÿœæÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ’«»€ \u00a0]")


def plain(data: bytes, *, chance: bool = True) -> tuple[str, str] | None:
    """The text of ``data`` and its encoding: UTF-8, UTF-16 of Windows, else that of old French texts.

    Without ``chance`` the bytes are known to be characters, be they all accented.
    """
    if data[1::2].count(0) * 4 > len(data) and not len(data) % 2:
        return _decoded(data, "utf-16-le")
    found = _decoded(data, "utf-8")
    if found or data.isascii():
        return found
    found = _decoded(data, "cp1252")
    # Nearly any byte is a character there: only French letters, and few, tell a text from chance.
    few = not chance or sum(byte > 0x7F for byte in data) * 4 <= len(data)
    return found if found and few and not _FOREIGN.search(found[0]) else None


def _decoded(data: bytes, encoding: str) -> tuple[str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else (text, encoding)


def widths(text: str, encoding: str) -> Iterator[tuple[int, int]]:
    """(start, end) in bytes of each character."""
    if text.isascii() and encoding != "utf-16-le":
        yield from zip(range(len(text)), range(1, len(text) + 1), strict=True)
        return
    at = 0
    for char in text:
        end = at + len(char.encode(encoding))
        yield at, end
        at = end


def run(match: re.Match[str], one: re.Pattern[str], value: Callable[[re.Match[str]], int]) -> Piece | None:
    """A run of escaped bytes, each matched by ``one``: a piece with a span for each character."""
    escaped = list(one.finditer(match.string, *match.span()))
    read = plain(bytes(map(value, escaped)), chance=False)
    if read is None:
        return None
    bounds = [(escaped[start].start(), escaped[end - 1].end()) for start, end in widths(*read)]
    return Piece(*match.span(), read[0], bounds)


def encoded(token: str, at: int, data: bytes, place: Callable[[int, int], tuple[int, int]]) -> Piece | None:
    """``token``, which begins at ``at`` and stands for ``data``; ``place`` gives the characters of bytes."""
    read = plain(data) if data else None
    if read is None:
        return None
    spans: Sequence[tuple[int, int]] = [
        (at + first, at + last) for first, last in (place(*width) for width in widths(*read))
    ]
    return Piece(at, at + len(token), read[0], spans)
