"""Passport numbers: two digits, two letters, five digits in France; other forms right after the word.

Also the machine-readable lines of passports, identity cards and visas ("P<FRADUPONT<<JEAN").
Source: décret n° 2005-1726 du 30 décembre 2005; ICAO Doc 9303, parts 3 to 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.recognisers.driving_licence import cards
from egide.detection.view import View

_FOREIGN = re.compile(
    r"s?(?: no\.)?[^\n0-9.;]{0,25}?[^a-z0-9\n]\(?([a-z]{1,3} ?[0-9oilsb]{6,9}[a-z]?|[0-9]{6,9}[a-z]?|"
    r"[0-9]{3} ?[0-9]{3} ?[0-9]{3})(?![a-z0-9/])"
)
_MACHINE = re.compile(r"(?<![a-z0-9])[a-z0-9<]{28,44}(?![a-z0-9])")
_CUES = words("passeport passeports passport passports")
_REASON = "Numéro de passeport d'après le contexte."


def _search(view: View) -> Iterator[Finding]:
    if "<<" in view.low:
        for match in _MACHINE.finditer(view.low):
            if "<<" in match.group() or match.group().count("<") > 2:
                reason = "Ligne lisible par machine d'un passeport ou d'une carte d'identité."
                yield Finding(*match.span(), "PASSPORT", 0.95, "passport", reason)
    if _CUES.isdisjoint(view.vocabulary):
        return
    for match in cards(view):
        if sum(map(str.isdigit, match.group())) >= 4:
            yield Finding(*match.span(), "PASSPORT", 0.95, "passport", _REASON)
    for cue in _CUES:
        for _, end in view.places(cue):
            found = _FOREIGN.match(view.low, end)
            if found:
                yield Finding(*found.span(1), "PASSPORT", 0.8, "passport", _REASON)


RECOGNISER = Recogniser(
    id="passport",
    labels=("PASSPORT",),
    source="Décret n° 2005-1726 ; OACI, document 9303",
    search=_search,
    accepted=(
        "passeport n° ⟦79DF41993⟧",
        "Passeport : ⟦14CV88O21⟧ / ⟦17AA45592⟧",
        "le passeport d'Hakima (⟦19FP40772⟧)",
        "Mon passeport, si besoin : ⟦012658874⟧",
        "passport number ⟦X1234567⟧",
        "passport no. ⟦533401372⟧",
        "passeport ⟦19 fp 40772⟧",
        "⟦P<FRADUPONT<<JEAN<MARIE<<<<<<<<<<<<<<<<<<<<⟧",
    ),
    refused=(
        "79DF41993",
        "passeport en cours de validité depuis 2019",
        "un passeport coûte 86 euros",
        "passeport vaccinal du 12/03/2024",
    ),
)
