"""Quoted-printable, the encoding of mail: "Ren=C3=A9e", "jean=40orange.fr", lines broken after "=".

Source: RFC 2045, section 6.7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import run
from egide.detection.view import View

_RUN: Final = re.compile(r"=[0-9A-Fa-f]{2}(?:=[0-9A-Fa-f]{2})*")
_ONE: Final = re.compile(r"=([0-9A-Fa-f]{2})")
_SOFT: Final = re.compile(r"=[ \t]*\r?\n")
_BASE64: Final = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{15,}$")
_SETTING: Final = re.compile(r"=[ \t]*\r?\n[\w.-]+[ \t]*[=:]")
_LONGEST: Final = 200
_ESCAPE: Final = len("=XX")
_SIGNS: Final = frozenset(" =@.-_+/:;,'\"<>()&\n\t!?#$")


def _search(view: View) -> Iterator[Piece]:
    text = view.text
    for match in _RUN.finditer(text):
        piece = run(match, _ONE, lambda one: int(one[1], 16))
        if piece and (len(piece.plain) > 1 or _meant(piece.plain, match)):
            yield piece
    for match in _SOFT.finditer(text):
        # A line of "=====" underlines a title, two end a Base64, and "x =" is a program.
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        code = before.isspace() and after.isspace()
        if before and before != "=" and after and not code and not _padding(text, match.start()):
            yield Piece(*match.span(), "")


def _meant(char: str, match: re.Match[str]) -> bool:
    """One escape alone is of mail: not "x=42", nor "TYPE=CELL"."""
    if char.isascii():
        return char in _SIGNS
    after = match.string[match.end() : match.end() + 1]
    return len(match.group()) > _ESCAPE or not (after.isupper() and match.group()[1:].isalpha())


def _padding(text: str, at: int) -> bool:
    """The "=" at ``at`` ends a Base64: by its length, or since another setting follows."""
    token = _BASE64.search(text, max(0, at - _LONGEST), at)
    return token is not None and (len(token.group()) % 4 == 3 or _SETTING.match(text, at) is not None)


DISGUISE = Disguise(
    id="quoted_printable",
    how="en encodage de courriel (=XX)",
    source="RFC 2045, section 6.7",
    signs=("=",),
    search=_search,
    accepted=(
        ("Mme Ren=C3=A9e Roy", "Mme Renée Roy"),
        ("Andr=E9", "André"),
        ("jean=40orange=2Efr", "jean@orange.fr"),
        ("06 39 9=\n8 10 57", "06 39 98 10 57"),
        ("=6A=65=61=6E", "jean"),
    ),
    refused=(
        "x=42",
        "Titre\n=====\ntexte",
        "a == b",
        "x =\n  5",
        "=FF=FE",
        "TEL;TYPE=CELL:",
        "cle = mZx8QpL0s7Yt2Wc5Rb1Nk4Hvabc=\nfin",
    ),
)
