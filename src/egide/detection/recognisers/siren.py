"""SIREN: nine digits of a French legal unit, the last one a Luhn key.

Alone, a compact number of nine digits says little: it needs a cue ("SIREN", "RCS Lille", "entreprise
n°"). Written by threes with a right key, it is taken as one unless a unit follows.
Source: code de commerce, articles R123-220 and following; INSEE, Sirene; NF EN ISO/IEC 7812-1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import Number, of
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import before, words
from egide.detection.view import View

_CUES: Final = words(
    "siren sirens rcs rm entreprise entreprises societe societes registre immatricule immatriculee "
    "immatriculation identifie",
    "identifiee identifiant tva rna kbis company sas sasu sarl eurl sci metiers unique",
)
_OTHER = re.compile(
    r"finess|adeli|\blot\b|\barticle\b|\bisbn\b|\bduns\b|\btel|allocataire|permis|passeport|\bcolis\b|"
    r"\bserie\b"
)
_UNIT = re.compile(
    r" ?(?:€|%|eur|\$|k€|m€|[a-z]{1,2}[23²³]?\b|d[e']|pixels?|habitants?|octets?|pieces?|personnes?|"
    r"vues?|lignes?)"
)
_NAMED = re.compile(r"siren|r\.? ?c\.? ?s\b")
_NAMES = frozenset({"siren", "sirens", "rcs", "r"})
_SURE = "SIREN : forme et clé exactes."
_SAID = "SIREN d'après le contexte ; sa clé est fausse."


def _reason(view: View, number: Number) -> tuple[str, float] | None:
    right = luhn(number.digits)
    if not right and _NAMES.isdisjoint(view.vocabulary):
        return None
    context = before(view, number.start)
    if right:
        return (_SURE, 0.98) if _named(context) else _alone(view, number, context)
    if number.digits != "123456789" and len(set(number.digits)) > 2 and _NAMED.search(context[-25:]):
        return _SAID, 0.75
    return None


def _named(context: str) -> bool:
    return not _CUES.isdisjoint(re.findall("[a-z]+", context)) or _NAMED.search(context) is not None


def _alone(view: View, number: Number, context: str) -> tuple[str, float] | None:
    """A right key without a cue: in brackets behind a firm, or by threes and no quantity."""
    low = view.low
    if number.digits.endswith("000") or _OTHER.search(context):
        return None
    bracketed = low[number.start - 1 : number.start] == "(" and low[number.end : number.end + 1] == ")"
    threes = number.groups == (3, 3, 3) and number.whole and not _UNIT.match(low, number.end)
    return (_SURE, 0.7) if bracketed or threes else None


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 9):
        why = _reason(view, number)
        if why:
            yield Finding(number.start, number.end, "SIREN", why[1], "siren", why[0])


RECOGNISER = Recogniser(
    id="siren",
    labels=("SIREN",),
    source="Code de commerce, article R123-220 ; INSEE, base Sirene",
    search=_search,
    accepted=(
        "Siren ⟦707\u00a0188\u00a0744⟧",
        "entreprise n° ⟦840.784.813⟧",
        "R.C.S. Lille ⟦764 496 253⟧",
        "RCS Lille B ⟦764496253⟧",
        "⟦707 188 744⟧",
        "siren ⟦7O7 188 744⟧",
        "SIREN : ⟦707 188 745⟧",
        "raison sociale;siren\nBâti Nord;⟦707188744⟧",
        "chez Bâti Nord (⟦707188744⟧) hier",
        "La société Bâti Nord (⟦707 188 744⟧)",
    ),
    refused=(
        "707 188 745",
        "lot 707188744",
        "707 188 744 habitants",
        "un marché de 707 188 744 €",
        "population de 447 000 000",
        "réf. interne 707188744 bis",
        "707 188 744,50",
    ),
    needs_digit=True,
)
