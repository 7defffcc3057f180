"""Letters and digits set apart one by one: "D U P O N T", "0 6 3 9 9 8 1 0 5 7", "D-U-P-O-N-T", one a line.

Where single spaces stand between letters, wider ones stand between words.
Source: CNIL, "L'anonymisation de données personnelles" (a value is personal however it is laid out).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.gate import SINGLE
from egide.detection.view import View

_FEWEST: Final = 4
_BLANK: Final = "[ \u00a0\u202f]"
_SPACES: Final = re.compile(rf"(?<!\S)[\w+](?:{_BLANK}{{1,4}}\S){{2,}}{_BLANK}{{1,4}}\w(?!\S)")
_LINES: Final = re.compile(r"(?<!\S)\S(?:\r?\n\S){3,}(?!\S)")
_SIGNS: Final = re.compile(r"(?<!\w)\w([.\-_*/·+~])\w(?:\1\w){3,}(?!\w)")
_CELLS: Final = re.compile(r"(?<![^\s|;])[^\s|;](?:([|;\t]| \| )[^\s|;](?:\1[^\s|;]){2,})(?![^\s|;])")
_COUNTED: Final = "0123456789"


def _search(view: View) -> Iterator[Piece]:
    for pattern in (_SPACES, _LINES, _CELLS, _SIGNS):
        for match in pattern.finditer(view.text):
            kept = list(_kept(match, pattern is _SPACES))
            plain = "".join(char for char, _ in kept)
            if sum(map(str.isalnum, plain)) >= _FEWEST and plain not in _COUNTED:
                yield Piece(*match.span(), plain, [place for _, place in kept])


def _kept(match: re.Match[str], words: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every other character; of two spaces or more, one."""
    text, at = match.string, match.start()
    sign = match[1] if match.re.groups else ""
    while at < match.end():
        yield text[at], (at, at + 1)
        at = end = at + 1
        while end < match.end() and (text[end].isspace() or (sign and text[end] in sign)):
            end += 1
            if sign and len(sign) == end - at:
                break
        if words and end - at > 1:
            yield " ", (at, end)
        at = end


DISGUISE = Disguise(
    id="spaced",
    how="lettre à lettre",
    source="CNIL, L'anonymisation de données personnelles",
    signs=(SINGLE,),
    search=_search,
    accepted=(
        ("Mme D U P O N T est là", "Mme DUPONT est là"),
        ("0 6 3 9 9 8 1 0 5 7", "0639981057"),
        ("M m e   D u p o n t", "Mme Dupont"),
        ("j e a n @ o r a n g e . f r", "jean@orange.fr"),
        ("nom D-U-P-O-N-T", "nom DUPONT"),
        ("nom D.U.P.O.N.T.", "nom DUPONT."),
        ("|0|6|3|9|9|8|1|0|5|7|", "|0639981057|"),
        ("D\nU\nP\nO\nN\nT", "DUPONT"),
    ),
    refused=("S.A.R.L. Roy", "1 2 3 4 5 6", "il y a un an", "1 | 2 | 3", "a-t-il"),
    layout=True,
)
