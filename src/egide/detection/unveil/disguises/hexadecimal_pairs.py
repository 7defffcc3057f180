"""Hexadecimal of a text in pairs set apart: "6a 65 61 6e", "6a:65:61:6e", "0x6a, 0x65, 0x61".

Source: RFC 4648, section 8 (Base16); the dumps of ``xxd`` and of network tools.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import run
from egide.detection.unveil.gate import PAIRS
from egide.detection.view import View

_PAIRS: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:0x)?[0-9a-fA-F]{2}(?:(?:[ :-]|, ?)(?:0x)?[0-9a-fA-F]{2}){7,}(?![0-9A-Za-z])"
)
_PAIR: Final = re.compile(r"(?:0x)?([0-9a-fA-F]{2})")


def _search(view: View) -> Iterator[Piece]:
    for match in _PAIRS.finditer(view.text):
        piece = run(match, _PAIR, lambda one: int(one[1], 16))
        if piece:
            yield piece


DISGUISE = Disguise(
    id="hexadecimal_pairs",
    how="en hexadécimal",
    source="RFC 4648, section 8",
    signs=(PAIRS,),
    search=_search,
    accepted=(
        ("30 36 33 39 39 38 31 30 35 37", "0639981057"),
        ("0x30, 0x36, 0x33, 0x39, 0x39, 0x38, 0x31, 0x30", "06399810"),
    ),
    refused=("00:1B:44:11:3A:B7", "06 39 98 10 57 06 39 98 10 57"),
)
