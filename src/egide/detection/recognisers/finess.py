"""FINESS: nine characters of a health or social establishment (department, serial, Luhn key), by context.

Source: arrêté du 13 novembre 2013 (FINESS); Agence du numérique en santé, data.gouv.fr.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_CUE = re.compile(r"finess")
_NUMBER = re.compile(r"(?<![a-z0-9])(?:[0-9][0-9ab]) ?(?:[0-9] ?){6}[0-9](?![a-z0-9])")


def _search(view: View) -> Iterator[Finding]:
    for match in _NUMBER.finditer(view.low):
        if said(view, match.start(), _CUE, 50):
            digits = match.group().replace(" ", "")
            right = digits.isdigit() and luhn(digits)
            reason = "Numéro FINESS : clé exacte." if right else "Numéro FINESS d'après le contexte."
            yield Finding(*match.span(), "FINESS", 0.95 if right else 0.85, "finess", reason)


RECOGNISER = Recogniser(
    id="finess",
    labels=("FINESS",),
    source="Arrêté du 13 novembre 2013, FINESS",
    search=_search,
    accepted=(
        "FINESS ⟦750712184⟧",
        "N° FINESS : ⟦75 071 218 4⟧",
        "finess juridique ⟦2A0000147⟧",
        "nom;finess\nEHPAD;⟦750712184⟧",
    ),
    refused=("750712184", "FINESS : en cours", "FINESS 7507121843"),
    words=words("finess"),
    needs_digit=True,
)
