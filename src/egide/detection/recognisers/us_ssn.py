"""American Social Security number (SSN) and taxpayer number (ITIN): "219-09-4321", "912-70-4321".

Three, two and four digits with hyphens are the form of no other common number: believed as they stand. With
spaces or in a row, a word must say it. There is no check digit. The SSA gives neither 000, 666 nor 900 to 999
first, nor 00, nor 0000; the IRS gives 900 to 999, and has opened more and more of the groups in the middle
over the years: none is taken for free here.
Source: Social Security Administration, POMS RM 10201.035, "Invalid SSNs", and "Social Security Number
Randomization"; Internal Revenue Service, Internal Revenue Manual 3.21.263, "IRS ITIN".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import Number, of
from egide.detection.recognisers._said import said
from egide.detection.view import View

_CUE = re.compile(r"\bssn\b|\bitin\b|social security|\btax(?:payer)? id|securite sociale (?:us|americain)")
_FORM: Final = (3, 2, 4)
_SOCIAL: Final = "Numéro de sécurité sociale américain (SSN)"
_TAX: Final = "Numéro fiscal américain (ITIN)"


def _possible(digits: str) -> bool:
    """No part of the nine ``digits`` is one that nobody gives."""
    return digits[:3] not in ("000", "666") and digits[3:5] != "00" and digits[5:] != "0000"


def _written(view: View, number: Number) -> bool:
    """By three, two and four with hyphens, and part of nothing longer."""
    low, start = view.low, number.start
    hyphens = number.end - start == 11 and low[start + 3] == low[start + 6] == "-"
    return hyphens and number.groups == _FORM and number.whole and not number.scanned


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 9):
        if not _possible(number.digits):
            continue
        written = _written(view, number)
        if written or (number.groups in (_FORM, (9,)) and said(view, number.start, _CUE, 30)):
            tax = number.digits[0] == "9"
            reason = f"{_TAX if tax else _SOCIAL} d'après {'sa forme' if written else 'le contexte'}."
            label = "TAX_NUMBER" if tax else "NIR"
            yield Finding(number.start, number.end, label, 0.88, "us_ssn", reason)


RECOGNISER = Recogniser(
    id="us_ssn",
    labels=("NIR", "TAX_NUMBER"),
    source="États-Unis : SSA, POMS RM 10201.035 ; IRS, IRM 3.21.263",
    search=_search,
    accepted=(
        "SSN: ⟦219-09-4321⟧",
        "⟦219-09-4321⟧",
        "son ITIN est ⟦912-70-4321⟧",
        "ssn ⟦219 09 4321⟧",
        "Social Security no. ⟦219094321⟧",
    ),
    refused=(
        "219 09 4321",
        "219094321",
        "000-12-3456",
        "666-12-3456",
        "219-00-4321",
        "219-09-0000",
        "pièce 1219-09-4321",
        "219-09-4321-8",
        "219-09-43218",
        "A219-09-4321",
    ),
    needs_digit=True,
)
