"""Italian VAT number (partita IVA): eleven digits, by its name; the last is that of Luhn.

Behind "IT" it is found with the other VAT numbers of the Union.
Source: decreto del Presidente della Repubblica 26 ottobre 1972, n. 633, articolo 35; Agenzia delle Entrate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("it_partita_iva", "TVA", "Numéro de TVA italien (partita IVA)")
_CUE = re.compile(r"partita iva|\bp\.? ?iva\b|\biva\b|codice fiscale|\bc\.f\b")


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 11):
        if said(view, number.start, _CUE):
            yield (_KIND.exact if luhn(number.digits) else _KIND.wrong)(number.start, number.end)


RECOGNISER = Recogniser(
    id="it_partita_iva",
    labels=("TVA",),
    source="Italie : DPR du 26 octobre 1972, n. 633, article 35",
    search=_search,
    accepted=(
        "partita IVA ⟦00743110157⟧",
        "P.IVA: ⟦00743110157⟧",
        "P. IVA ⟦007 4311 0157⟧",
        "partita IVA ⟦00743110158⟧",
    ),
    refused=("00743110157", "commande 00743110157", "IVA 22 %"),
    words=words("iva piva codice"),
    needs_digit=True,
)
