"""Residence permits (titre de séjour) by context: ten digits (AGDREF) or nine characters on the card.

Source: CESEDA, articles L411-1 and R431-1; règlement (CE) n° 1030/2002 (uniform format).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_CUE = re.compile(
    r"\bs ?ejour|carte de resident|recepisse|agdref|n° ?(?:d')?etranger|\btitre\b|residence permit|"
    r"\bprefecture"
)
_CUES = words("sejour ejour resident recepisse agdref titre etranger residence")
_REASON = "Numéro de titre de séjour d'après le contexte."


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 10):
        dated = "/" in view.low[number.start : number.end]
        if number.digits[:2] not in ("06", "07") and not dated and said(view, number.start, _CUE, 60):
            yield Finding(number.start, number.end, "RESIDENCE_PERMIT", 0.92, "residence_permit", _REASON)
    if "sejour" in view.vocabulary or "agdref" in view.vocabulary:
        for start, end in view.runs.codes:
            digits = sum(map(str.isdigit, view.low[start:end]))
            if 9 <= end - start <= 10 and digits >= 4 and said(view, start, _NEAR, 50):
                yield Finding(start, end, "RESIDENCE_PERMIT", 0.85, "residence_permit", _REASON)


_NEAR = re.compile(r"sejour|agdref")
RECOGNISER = Recogniser(
    id="residence_permit",
    labels=("RESIDENCE_PERMIT",),
    source="CESEDA, article L411-1 ; règlement (CE) n° 1030/2002",
    search=_search,
    accepted=(
        "titre de séjour n° ⟦7503982261⟧",
        "carte de séjour (⟦9940217365⟧)",
        "carte de séjour de mamadou bah n° ⟦7503884126⟧",
        "du titre de s éjour n° ⟦99 03 114 872⟧",
        "Titre de séjour n°⟦80O3421975⟧",
        "Son récépissé ⟦2603 114 598⟧",
        "titre de séjour ⟦FRX7A1234⟧",
    ),
    refused=(
        "un séjour de 10 jours en 2024",
        "7503982261",
        "le titre de l'article du 12/03/2024",
        "récépissé du 14/02/2026 10:30",
    ),
    words=_CUES,
)
