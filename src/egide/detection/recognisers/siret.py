"""SIRET: fourteen digits of a French establishment, SIREN and NIC, with a Luhn key over the whole.

The establishments of La Poste (SIREN 356 000 000) follow another rule: the sum of the fourteen digits
is a multiple of five.
Source: code de commerce, article R123-221; INSEE, Sirene, "Numéro Siret".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import before
from egide.detection.view import View

_CUE = re.compile(r"siret|etablissement")
_WORDS = frozenset({"siret", "sirets", "etablissement"})
_OTHER = re.compile(r"\bean\b|\bgtin\b|\bitf\b|code.?barres?|\bsscc\b")


def right(digits: str) -> bool:
    """``digits``, fourteen, are a SIRET by their keys."""
    if digits.startswith("356000000"):
        return sum(map(int, digits)) % 5 == 0 or luhn(digits)
    return luhn(digits) and luhn(digits[:9]) and digits[:9] != "000000000"


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 14):
        exact = right(number.digits)
        if not exact and _WORDS.isdisjoint(view.vocabulary):
            continue
        context = before(view, number.start)
        if exact and not _OTHER.search(context):
            reason = "SIRET : forme et clés exactes."
            yield Finding(number.start, number.end, "SIRET", 0.98, "siret", reason)
        elif len(set(number.digits)) > 2 and _CUE.search(context):
            reason = "SIRET d'après le contexte ; sa clé est fausse."
            yield Finding(number.start, number.end, "SIRET", 0.8, "siret", reason)


RECOGNISER = Recogniser(
    id="siret",
    labels=("SIRET",),
    source="Code de commerce, article R123-221 ; INSEE, base Sirene",
    search=_search,
    accepted=(
        "Siret : ⟦593224850 00044⟧",
        "établissement ⟦910\u202f000\u202f157\u202f00016⟧",
        "SIRET n°⟦88237285700020⟧ à jour",
        "⟦327.574.059.00033⟧",
        "bureau de poste ⟦356 000 000 00048⟧",
        "siret ⟦327 574 059 00034⟧",
        "⟦327 574 O59 00033⟧",
    ),
    refused=(
        "327 574 059 00034",
        "GTIN 03760012345670",
        "horodatage 20261105081330",
        "3275740590003312",
    ),
    needs_digit=True,
)
