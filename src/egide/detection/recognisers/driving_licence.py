"""Driving licences by context: twelve digits (old form, and the NEPH file number) or 2 + 2 letters + 5.

Source: arrêté du 20 avril 2012 fixant les conditions d'établissement du permis; directive 2006/126/CE.
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
    r"\bpermis\b(?! de construire| d'amenager)|\bneph\b|driving licen|driver'?s licen|\bconduire\b"
)
_CARD = re.compile(r"(?<![a-z0-9])[0-9ol]{2} ?[a-z]{2} ?[0-9oilsb]{5}(?![a-z0-9])")
_REASON = "Numéro de permis de conduire d'après le contexte."


def cards(view: View) -> Iterator[re.Match[str]]:
    """Two digits, two letters, five digits: the form of a licence and of a passport."""
    low = view.low
    for start, _ in view.runs.sized(1, 2):
        match = _CARD.match(low, start - (start > 0 and low[start - 1] in "ol"))
        if match:
            yield match


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 12):
        if said(view, number.start, _CUE, 60):
            yield Finding(number.start, number.end, "DRIVING_LICENCE", 0.92, "driving_licence", _REASON)
    for match in cards(view):
        if sum(map(str.isdigit, match.group())) >= 5 and said(view, match.start(), _CUE, 60):
            yield Finding(*match.span(), "DRIVING_LICENCE", 0.9, "driving_licence", _REASON)


RECOGNISER = Recogniser(
    id="driving_licence",
    labels=("DRIVING_LICENCE",),
    source="Arrêté du 20 avril 2012 ; directive 2006/126/CE",
    search=_search,
    accepted=(
        "permis ⟦100249940479⟧",
        "| Permis | B, C, CE n° ⟦091220300417⟧ |",
        "PERMIS N° : ⟦14AB77209⟧",
        "NEPH : ⟦240 677 100 342⟧",
        "permis de conduire ⟦10.02.49.940.479⟧",
    ),
    refused=(
        "permis B depuis 2019",
        "permis de construire 100249940479",
        "100249940479",
        "permis obtenu le 12/03/2019",
    ),
    words=words("permis neph licence conduire"),
    needs_digit=True,
)
