"""A word cut by the end of a line behind a hyphen: "Mme Kerv-" and "adec".

Source: RFC 5322, 2.1.1 (lines of 78 characters), and the hyphenation of typeset pages whose text is copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.gate import HYPHEN
from egide.detection.view import View

_CUT: Final = re.compile(r"-\r?\n[ \t>]*(?=[^\W\d_])")


def _search(view: View) -> Iterator[Piece]:
    for match in _CUT.finditer(view.text):
        if view.text[match.start() - 1 : match.start()].isalpha():
            yield Piece(*match.span(), "")


DISGUISE = Disguise(
    id="broken_word",
    how="sur deux lignes",
    source="RFC 5322, 2.1.1",
    signs=(HYPHEN,),
    search=_search,
    accepted=(("Mme Kerv-\nadec", "Mme Kervadec"), ("> Kerv-\r\n> adec", "> Kervadec")),
    refused=("- un\n- deux", "---\nfin", "2024-\n2025"),
    layout=True,
)
