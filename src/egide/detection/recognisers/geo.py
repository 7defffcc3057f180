"""Coordinates of a person or an address; a bare position ("GPS 45.7640, 4.8357") is left alone.

Decimal degrees, or degrees, minutes and seconds (ISO 6709), behind words that tie them to someone: home,
address, position of a vehicle, of an employee.
Source: ISO 6709; CNIL, délibération n° 2015-165 (geolocation of employees).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said
from egide.detection.view import View

_DECIMAL = re.compile(
    r"[+-]?[0-9]{1,2}\.[0-9]{3,8}°? ?[ns]?[,; /] ?[+-]?[0-9]{1,3}\.[0-9]{3,8}°? ?[eow]?(?![0-9a-z])"
)
_SEXAGESIMAL = re.compile(
    r"[0-9]{1,2} ?° ?[0-9]{1,2} ?['′] ?(?:[0-9]{1,2}(?:[.,][0-9]+)? ?(?:''|[\"″])? ?)?[ns][ ,;/-]{0,3}"
    r"[0-9]{1,3} ?° ?[0-9]{1,2} ?['′] ?(?:[0-9]{1,2}(?:[.,][0-9]+)? ?(?:''|[\"″])? ?)?[eow]\b"
)
_CUE = re.compile(
    r"domicile|\bhabite|adresse|\bchez\b|\bvit a\b|maison|geolocalis|localise|\bposition d|"
    r"\bpositions?\b.{0,30}\b(?:chauffeur|salarie|camion|vehicule)|"
    r"\bclient|\bpatient|\bson vehicule|\bsa voiture|telephone|\btraceur|\bresid|\bm\.|\bmme\b|"
    r"\bchauffeur|\bsalariee?\b|\bconducteur|\blat(?:itude)?\b.{0,6}$"
)
_REASON = "Position géographique d'une personne ou d'une adresse, d'après le contexte."


def _matches(view: View) -> Iterator[re.Match[str]]:
    low = view.low
    for start, end in view.runs.dotted:
        match = _DECIMAL.match(low, start) if end - start < 3 else None
        if match:
            yield match
    for mark in ("°", " ") if "°" in low else ():
        for start, end in view.runs.followed(mark):
            match = _SEXAGESIMAL.match(low, start) if "°" in low[end : end + 2] else None
            if match:
                yield match


def _search(view: View) -> Iterator[Finding]:
    for match in _matches(view):
        start = match.start()
        before = view.low[start - 1 : start]
        if not before.isalnum() and before != "." and said(view, start, _CUE, 70):
            first = start - 1 if before and before in "+-" else start
            yield Finding(first, match.end(), "GEO", 0.85, "geo", _REASON)


RECOGNISER = Recogniser(
    id="geo",
    labels=("GEO",),
    source="ISO 6709 ; CNIL, délibération n° 2015-165",
    search=_search,
    accepted=(
        "domicile du salarié : ⟦45.7640, 4.8357⟧",
        "position du camion de M. Roy ⟦48.85661,2.35222⟧",
        "Elle habite en ⟦48°51'24\"N 2°21'07\"E⟧",
    ),
    refused=(
        "GPS 45.7640, 4.8357",
        "un pas de 0.1250, 0.2500",
        "à l'adresse 12.5, 3.75",
        "il fait 21° au domicile",
    ),
    needs_digit=True,
)
