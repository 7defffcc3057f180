"""An e-mail address cut by the end of a line: "jean.dupont@" and "orange.fr".

Only around the "@": where the name itself is cut ("jean.du" and "pont@orange.fr"), nothing tells.
Source: RFC 5322, 2.1.1 (lines of 78 characters) and 3.4.1 (addr-spec).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.view import View

_AFTER: Final = re.compile(r"@([\w.-]*)([ \t]*\r?\n[ \t>]*)(?=[\w.-])")
_WHOLE: Final = re.compile(r"[\w-][\w.-]*\.[A-Za-z]{2,}[.-]*$")
_BEFORE: Final = re.compile(r"\n[ \t>]*(?=@[\w-]+\.)")


def _search(view: View) -> Iterator[Piece]:
    text = view.text
    for match in _AFTER.finditer(text):
        # A decorator ("@login_required") follows nothing.
        if text[match.start() - 1 : match.start()].isalnum() and not _WHOLE.match(match[1]):
            yield Piece(*match.span(2), "")
    for match in _BEFORE.finditer(text):
        start = match.start() - (text[match.start() - 1 : match.start()] == "\r")
        if text[start - 1 : start].isalnum():
            yield Piece(start, match.end(), "")


DISGUISE = Disguise(
    id="broken_email",
    how="sur deux lignes",
    source="RFC 5322, 2.1.1 et 3.4.1",
    signs=("@",),
    search=_search,
    accepted=(
        ("jean.dupont@\norange.fr", "jean.dupont@orange.fr"),
        ("> jean.dupont@oran\n> ge.fr", "> jean.dupont@orange.fr"),
        ("jean.dupont\r\n@orange.fr", "jean.dupont@orange.fr"),
    ),
    refused=(
        "jean@orange.fr.\nMerci",
        "jean@orange.fr\nMerci",
        "suivez @egide",
        "@login_required\ndef vue",
        "fin.\n@egide",
    ),
    layout=True,
)
