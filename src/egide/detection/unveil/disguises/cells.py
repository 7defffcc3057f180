"""A number cut into the cells of a row: "| FR76 | 1350 | 6013 |", "06;39;98;10;57", "<td>06</td><td>39</td>".

Rows of figures are everywhere, so only a whole run of cells is read, of the shape of a number that has
check digits or of a telephone number.
Source: ISO 13616-1 (IBAN); INSEE (NIR); ISO/IEC 7812-1 (cards); Arcep (telephone numbers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.view import View

_NEXT: Final = r"(?: ?[|;\t] ?|</t[dh]>\s{0,9}<t[dh]>)"
_CELL: Final = r"[0-9A-Za-z]{1,5}"
_ROW: Final = re.compile(rf"(?<![\w.,'-])(?:{_CELL}{_NEXT}){{3,}}{_CELL}(?![\w.,'-])")
# Three signs that close: from the sign, so that the search is one for a character.
_CLOSE: Final = [
    re.compile(rf"{sign}(?: ?{_CELL} ?{sign}){{2}}") for sign in (r"\|", ";", "\t", r"</t[dh]>\s{0,9}<t[dh]>")
]
_WORD: Final = re.compile(r"[0-9A-Za-z]+(?![0-9A-Za-z]*>)")
_IBAN: Final = re.compile(r"(?:^| )([A-Z]{2} ?[0-9]{2}(?: [0-9A-Z]{1,4}){3,8})(?= |$)")
_DIGITS: Final = re.compile(r"(?:^|(?<= ))[0-9]+(?: [0-9]+)+(?= |$)")
# Lengths of the groups of a telephone number, a NIR and a card.
_SHAPES: Final = frozenset(
    {(2,) * 5, (1, 2, 2, 2, 3, 3, 2), (1, 2, 2, 2, 3, 3), (4,) * 4, (3, 3, 3, 5), (4, 3, 3), (4, 2, 2, 2)}
)


def _search(view: View) -> Iterator[Piece]:
    if not any(close.search(view.text) for close in _CLOSE):
        return
    for row in _ROW.finditer(view.text):
        cells = list(_WORD.finditer(view.text, *row.span()))
        line = " ".join(cell.group() for cell in cells)
        for run in (*_IBAN.finditer(line), *filter(_shaped, _DIGITS.finditer(line))):
            first = line.count(" ", 0, run.start(run.re.groups))
            count = run[run.re.groups].count(" ") + 1
            yield _piece(cells[first : first + count])


def _shaped(run: re.Match[str]) -> bool:
    groups = run.group().split()
    counted = all(int(b) - int(a) == int(groups[1]) - int(groups[0]) for a, b in pairwise(groups))
    return tuple(map(len, groups)) in _SHAPES and not counted


def _piece(cells: list[re.Match[str]]) -> Piece:
    """The cells with a space between them, so that each group stays one."""
    plain = " ".join(cell.group() for cell in cells)
    places: list[tuple[int, int]] = []
    past = cells[0].start()
    for cell in cells:
        if places:
            places.append((past, cell.start()))
        places += [(at, at + 1) for at in range(*cell.span())]
        past = cell.end()
    return Piece(cells[0].start(), past, plain, places)


DISGUISE = Disguise(
    id="cells",
    how="en plusieurs cellules",
    source="ISO 13616-1 ; INSEE ; ISO/IEC 7812-1 ; Arcep",
    signs=("|", ";", "\t", "<"),
    search=_search,
    accepted=(
        ("| FR76 | 1350 | 6013 | 9253 | 0488 | 5381 | 032 |", "| FR76 1350 6013 9253 0488 5381 032 |"),
        ("Roy;06;39;98;10;57", "Roy;06 39 98 10 57"),
        ("<tr><td>06</td><td>39</td><td>98</td><td>10</td><td>57</td>", "<tr><td>06 39 98 10 57</td>"),
        ("Petit\t2\t41\t03\t33\t808\t335\t21", "Petit\t2 41 03 33 808 335 21"),
    ),
    refused=("| 01 | 02 | 03 | 04 | 05 |", "| 12 | 7 | 340 | 5 |", "a | b | c | d", "2023;2024;2025;2026"),
    layout=True,
)
