"""Percent-encoding of web addresses and forms: "jean%40orange.fr", "Ren%C3%A9e+Roy".

Source: RFC 3986, section 2.1; WHATWG URL, "application/x-www-form-urlencoded" (the plus is a space).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.disguises._bytes import run
from egide.detection.view import View

_RUN: Final = re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*")
_ONE: Final = re.compile(r"%([0-9a-fA-F]{2})")
# The value of a field of a form, where it holds a plus.
_FORM: Final = re.compile(r"=[^\s&=+\"'<>]*\+[^\s&=\"'<>]+")


def _search(view: View) -> Iterator[Piece]:
    for match in _RUN.finditer(view.text):
        piece = run(match, _ONE, lambda one: int(one[1], 16))
        if piece:
            yield piece
    for match in _FORM.finditer(view.text):
        for at in range(*match.span()):
            if view.text[at] == "+":
                yield Piece(at, at + 1, " ")


DISGUISE = Disguise(
    id="percent",
    how="en encodage d'adresse web (%)",
    source="RFC 3986, section 2.1 ; WHATWG URL",
    signs=("%", "="),
    search=_search,
    accepted=(
        ("jean%40orange.fr", "jean@orange.fr"),
        ("?nom=Mme+Ren%C3%A9e+Roy", "?nom=Mme Renée Roy"),
        ("nom=Mme+Roy&a=1", "nom=Mme Roy&a=1"),
        ("Andr%E9", "André"),
        ("%2B33%20639981057", "+33 639981057"),
    ),
    refused=("une hausse de 12% et 40 %", "%FF%FE", "%00%01", "50%", "1 + 1 = 2 + 0"),
)
