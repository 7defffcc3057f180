"""A key cut by the end of a line, long enough to be one on both sides, letters and digits mixed.

Source: RFC 5322, 2.1.1 (lines of 78 characters); terminals of 80 columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._tokens import long_tokens
from egide.detection.unveil.gate import LONG
from egide.detection.view import View

_NEXT: Final = re.compile(r"\r?\n([\w+/=-]{6,})")
_KEY: Final = re.compile(r"(?<![\w+/=-])[\w+/=-]{16,}$")
_LONGEST: Final = 400


def _search(view: View) -> Iterator[Piece]:
    text = view.text
    for start, end in long_tokens(view):
        for at in (*_ends(text, start, end), end):
            cut = _NEXT.match(text, at)
            key = _KEY.search(text, max(start, at - _LONGEST), at) if cut and _random(cut[1]) else None
            if cut and key and _random(key.group()):
                yield Piece(at, cut.start(1), "")


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the lines of a run of long tokens."""
    at = text.find("\n", start, end)
    while at >= 0:
        yield at - (text[at - 1] == "\r")
        at = text.find("\n", at + 1, end)


def _random(token: str) -> bool:
    return any(map(str.isdigit, token)) and any(map(str.isalpha, token))


DISGUISE = Disguise(
    id="broken_key",
    how="sur deux lignes",
    source="RFC 5322, 2.1.1",
    signs=(LONG,),
    search=_search,
    accepted=(("sk-ant-a1B2c3D4e5F6g7H8\na1B2c3D4\n", "sk-ant-a1B2c3D4e5F6g7H8a1B2c3D4\n"),),
    refused=("administrations-territoriales\nroyales", "facture2024abcdefgh\nMerci bien"),
    layout=True,
)
