"""A number cut by the end of a line of Windows: the rules join digits over a line feed alone.

Source: RFC 5322, 2.1 (lines end with CR LF); ISO 13616-1 and Arcep for the groups of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.view import View

_END: Final = re.compile(r"\r\n(?=[0-9])")


def _search(view: View) -> Iterator[Piece]:
    for match in _END.finditer(view.text):
        if view.text[match.start() - 1 : match.start()].isdigit():
            yield Piece(*match.span(), "\n")


DISGUISE = Disguise(
    id="broken_number",
    how="sur deux lignes",
    source="RFC 5322, 2.1",
    signs=("\r",),
    search=_search,
    accepted=(("06 39\r\n98 10 57", "06 39\n98 10 57"),),
    refused=("le 12\r\nmai", "06 39\n98 10 57"),
    layout=True,
)
