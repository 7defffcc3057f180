"""Hexadecimal of a text: "6a65616e406f72616e67652e6672".

Hashes, colours and numbers are not texts and are left alone.
Source: RFC 4648, section 8 (Base16).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import encoded
from egide.detection.unveil.disguises._tokens import long_tokens
from egide.detection.unveil.gate import LONG
from egide.detection.view import View

_TOKEN: Final = re.compile(r"(?<![0-9A-Za-z])(?<![0-9][.,])(?:0x)?((?:[0-9a-fA-F]{2}){8,})(?![0-9A-Za-z])")


def _search(view: View) -> Iterator[Piece]:
    for start, end in long_tokens(view):
        for match in _TOKEN.finditer(view.text, start, end):
            data = bytes.fromhex(match[1])
            piece = encoded(match[1], match.start(1), data, lambda first, last: (first * 2, last * 2))
            if piece:
                yield piece


DISGUISE = Disguise(
    id="hexadecimal",
    how="en hexadécimal",
    source="RFC 4648, section 8",
    signs=(LONG,),
    search=_search,
    accepted=(
        ("6a65616e406f72616e67652e6672", "jean@orange.fr"),
        ("4D6D652052656EC3A9652052", "Mme Renée R"),
    ),
    refused=("da39a3ee5e6b4b0d3255bfef95601890afd80709", "4973554275756717", "0.333333333333333333"),
)
