"""British taxpayer's reference (UTR): ten digits, "12345 67890", by its name.

The first digit checks the nine others (weights 6 7 8 9 10 5 4 3 2, mod 11).
Source: HMRC, "Find your UTR number"; OECD, Tax identification numbers, United Kingdom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("gb_utr", "TAX_NUMBER", "Numéro fiscal britannique (UTR)")
_CUE = re.compile(r"\butr\b|taxpayer'?s? ref|tax ref|unique tax")
_WEIGHTS: Final = (6, 7, 8, 9, 10, 5, 4, 3, 2)


def right(digits: str) -> bool:
    """The first of the ten ``digits`` is right."""
    total = sum(weight * int(c) for weight, c in zip(_WEIGHTS, digits[1:], strict=True))
    return "21987654321"[total % 11] == digits[0]


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 10):
        if said(view, number.start, _CUE):
            yield (_KIND.exact if right(number.digits) else _KIND.wrong)(number.start, number.end)


RECOGNISER = Recogniser(
    id="gb_utr",
    labels=("TAX_NUMBER",),
    source="Royaume-Uni : HMRC, UTR ; OCDE, TIN United Kingdom",
    search=_search,
    accepted=(
        "UTR ⟦1955839661⟧",
        "Unique Taxpayer Reference: ⟦19558 39661⟧",
        "UTR: ⟦2955839661⟧",
    ),
    refused=("1955839661", "order 1955839661", "UTR to follow by 12/03/2024"),
    words=words("utr taxpayer taxpayers tax"),
    needs_digit=True,
)
