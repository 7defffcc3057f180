"""RNA, the national register of associations: "W" and nine digits (W2A, W2B in Corsica).

Source: arrêté du 14 octobre 2009 (répertoire national des associations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.view import View

_NUMBER = re.compile(r"w ?[0-9][0-9ab](?:[ .-]?[0-9]){7}(?![a-z0-9])")


def _search(view: View) -> Iterator[Finding]:
    for match in view.matches(_NUMBER, "w"):
        if match.start() == 0 or not (
            view.low[match.start() - 1].isalnum() or view.low[match.start() - 1] in "-_"
        ):
            yield Finding(*match.span(), "RNA", 0.9, "rna", "Numéro d'association (RNA) d'après sa forme.")


RECOGNISER = Recogniser(
    id="rna",
    labels=("RNA",),
    source="Arrêté du 14 octobre 2009, répertoire national des associations",
    search=_search,
    accepted=("RNA ⟦W751234567⟧", "association ⟦W 75 1234567⟧", "⟦W2A0012345⟧"),
    refused=("AW751234567", "W75123456", "W7512345678", "BMW 751234567 bis"),
    needs_digit=True,
)
