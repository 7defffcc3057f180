"""Characters that are not drawn, put inside a value: zero-width, soft hyphens, marks of direction, tags.

Source: Unicode Standard, "Default_Ignorable_Code_Point"; UTR 36, Unicode Security Considerations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.unveil.disguise import Disguise, Piece
from egide.detection.unveil.gate import STRANGE
from egide.detection.view import View

INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef"
)
# Beside a letter, a digit or a sign of a value: those inside emoji hide nothing.
_RUN: Final = re.compile(f"[{INVISIBLE}]+")


def _search(view: View) -> Iterator[Piece]:
    text = view.text
    for match in _RUN.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if (
            before.isalnum()
            or after.isalnum()
            or (before.isascii() and before.isprintable() and before.strip())
        ):
            yield Piece(*match.span(), "")


DISGUISE = Disguise(
    id="invisible",
    how="avec des caractères invisibles",
    source="Unicode, Default_Ignorable_Code_Point ; UTR 36",
    signs=(STRANGE,),
    search=_search,
    accepted=(
        ("Mme Du\u200bpo\u200dnt", "Mme Dupont"),
        ("06\u00ad39\u00ad98\u00ad10\u00ad57", "0639981057"),
        ("jean\u2060@orange.fr", "jean@orange.fr"),
        ("\u200e06 39 98 10 57\u200f", "06 39 98 10 57"),
        ("FR76\U000e0020 1350", "FR76 1350"),
        ("1\ufe0f 85", "1 85"),
    ),
    refused=(
        "une famille \U0001f468\u200d\U0001f469\u200d\U0001f467 !",
        "Mme Dupont",
        "fait \u2714\ufe0f ok",
    ),
)
