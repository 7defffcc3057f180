"""Number plates: AA-123-AA since 2009 (SIV) and 1234 AB 75 before (FNI); others right behind a cue.

Letters I, O and U are never used in the new form. Its hyphenated form is taken anywhere; with spaces or
nothing between, it must be in capitals or near a word for a vehicle. The old form needs such a word.
Source: arrêté du 9 février 2009 relatif aux modalités d'immatriculation des véhicules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import before, words
from egide.detection.view import View

_NEW = re.compile(r"(?:[a-hj-np-tv-z]{2}|w)([ -]| - |\.|)[0-9]{3}(\1|[ -])[a-hj-np-tv-z]{2}(?![a-z0-9])")
_BESIDE = re.compile(r"(?: - |[ .-]?)[a-hj-np-tv-z]{2}")
_OLD = re.compile(
    r"[0-9]{1,4}[ -]?[a-hj-np-tv-z]{1,3}[ -]?(?:0[1-9]|[1-8][0-9]|9[0-5]|97[1-6]|2[ab])(?![a-z0-9])"
)
_SERIES = re.compile(r"[ -]?[a-hj-np-tv-z]")
_VEHICLES: Final = words(
    "plaque plaques immat immatricule immatriculee immatriculation vehicule vehicules voiture camion "
    "camionnette fourgon utilitaire",
    "scooter moto remorque tracteur clio twingo kangoo megane partner berlingo jogger trafic master "
    "jumper boxer ducato golf polo",
    "auto autos plate car van truck 4x4 quad caravane peugeot renault citroen dacia volkswagen ford fiat "
    "toyota bmw audi mercedes",
    "iveco scania conducteur chauffeur garage carrosserie pneus carte-grise grise stationnement parking "
    "duster sandero captur zoe",
)
_CUE = re.compile(rf"\b(?:{'|'.join(_VEHICLES)})\b")
_OTHER = re.compile(
    r"\b(?:ref|reference|article|serie|lot|modele|code|naf|produit|norme|iso|devis|facture|commande|"
    r"contrat|n°)\.? ?(?:n°)? ?:? ?$"
)
_AFTER = re.compile(
    r"(?:ee?s?|iculation)?(?: (?:n°|en [a-z]+|sous le n°|:))? ?:? "
    r"?([a-z0-9]{1,4}[ -][a-z0-9]{1,4}(?:[ -][a-z0-9]{1,4})?|[a-z]{1,3}[0-9]{2,5}[a-z]{0,3})(?![a-z0-9])"
)
_REASON: Final = "Plaque d'immatriculation d'après sa forme."
_SAID: Final = "Plaque d'immatriculation d'après le contexte."


def _new(view: View, start: int) -> tuple[int, int, str] | None:
    """The new form around the three digits at ``start``."""
    low = view.low
    if not _BESIDE.match(low, start + 3):
        return None
    for back in (3, 2, 5, 1):
        first = start - back
        if first < 0 or (first and (low[first - 1].isalnum() or low[first - 1] in "-/._")):
            continue
        match = _NEW.match(low, first)
        if match and match.start(2) == start + 3 and low[first : first + 2] != "ss":
            return _judge(view, match)
    return None


def _judge(view: View, match: re.Match[str]) -> tuple[int, int, str] | None:
    start, end = match.span()
    if view.low[end : end + 1] in ("-", "/") and view.low[end + 1 : end + 2].isalnum():
        return None
    if match[1] == "-" == match[2]:
        return start, end, _REASON
    context = before(view, start, 60)
    if _CUE.search(context) or _CUE.search(view.low[end : end + 25]):
        return start, end, _SAID
    if view.text[start:end].isupper() and not _OTHER.search(context):
        return start, end, _REASON
    return None


def _old(view: View, start: int, end: int) -> re.Match[str] | None:
    """The old form that begins with the digits at ``start``: "1234 AB 75"."""
    low = view.low
    if not _SERIES.match(low, end):
        return None
    if start and (low[start - 1].isalnum() or low[start - 1] in "/.-"):
        return None
    return _OLD.match(low, start)


def _search(view: View) -> Iterator[Finding]:
    vehicle = not _VEHICLES.isdisjoint(view.vocabulary)
    for start, end in view.digits if vehicle else view.runs.sized(3):
        if end - start == 3:
            found = _new(view, start)
            if found:
                yield Finding(found[0], found[1], "PLATE", 0.9, "plate", found[2])
        if vehicle and end - start <= 4:
            old = _old(view, start, end)
            if old and _upper(view, old) and _CUE.search(before(view, start, 60)):
                yield Finding(*old.span(), "PLATE", 0.85, "plate", _SAID)
    for cue in ("immatricule", "immatriculee", "immat", "plaque"):
        for _, stop in view.places(cue):
            match = _AFTER.match(view.low, stop)
            if (
                match
                and any(map(str.isdigit, match[1]))
                and any(map(str.isalpha, match[1]))
                and not _TIME.match(match[1])
                and _upper(view, match)
            ):
                yield Finding(*match.span(1), "PLATE", 0.8, "plate", _SAID)


def _upper(view: View, match: re.Match[str]) -> bool:
    """In capitals, or compact: "12 rue 75" in small letters is no plate."""
    return (
        view.text[match.start() : match.end()].isupper()
        or " " not in match.group()
        or _UPPER.match(match.group()) is not None
    )


_TIME = re.compile(r"[0-9]{1,2}h[0-9]{0,2}$")
_UPPER = re.compile(r"[0-9]{3,4} [a-z]{2,3} [0-9]{2}$")
RECOGNISER = Recogniser(
    id="plate",
    labels=("PLATE",),
    source="Arrêté du 9 février 2009, immatriculation des véhicules",
    search=_search,
    accepted=(
        "plaque ⟦RB917KD⟧",
        "⟦DC-304-RB⟧",
        "camion ⟦LL 528 JP⟧ et ⟦lv-109-fk⟧",
        "la clio ⟦ek 908 tb⟧",
        "Facture G-1190 : ⟦DM611TM⟧",
        "B – véhicule : ⟦9021 XK 29⟧",
        "immatriculé ⟦1234 AB 2A⟧",
        "véhicule immatriculé ⟦123 ABC 75⟧",
        "⟦WW-123-AB⟧",
        "TRACTEUR ⟦EW-660-DA⟧  REMORQUE ⟦FD-017-JX⟧",
    ),
    refused=(
        "série A77-0021",
        "NAF 5610C",
        "réf. AB123CD",
        "il reste de 425 la moitié",
        "AB-123-CD-45",
        "IO-123-OU",
        "modèle XR-123-ABC",
        "12 rue 75",
        "en 150 km",
    ),
    needs_digit=True,
)
