"""Text stored backwards that a mark of direction shows the right way round.

Source: Unicode Standard Annex 9, "Explicit Directional Overrides" (RLO, U+202E); CVE-2021-42574.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.gate import STRANGE
from egide.detection.view import View

_OVERRIDE: Final = re.compile(r"\u202e([^\u202a-\u202e\u2066-\u2069\n\r]+)")


def _search(view: View) -> Iterator[Piece]:
    for match in _OVERRIDE.finditer(view.text):
        places = [(at, at + 1) for at in reversed(range(match.start(1), match.end(1)))]
        yield Piece(*match.span(), match[1][::-1], places)


DISGUISE = Disguise(
    id="backwards",
    how="à l'envers, remis à l'endroit par une marque invisible",
    source="Unicode Standard Annex 9 ; CVE-2021-42574",
    signs=(STRANGE,),
    search=_search,
    accepted=(("Tél. \u202e75 01 89 93 60\u202c.", "Tél. 06 39 98 10 57\u202c."),),
    refused=("75 01 89 93 60", "\u200f06 39"),
    layout=True,
)
