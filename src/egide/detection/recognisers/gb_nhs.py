"""British health service number (NHS number): ten digits, "943 476 5919", by its name.

The last digit is 11 minus the weighted sum (10 down to 2) mod 11; 10 is never given. One number in
eleven passes: the text must speak of the NHS.
Source: NHS Data Dictionary, "NHS number", data standard ISB 0149.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said
from egide.detection.view import View

_KIND: Final = Kind("gb_nhs", "NIR", "Numéro de santé britannique (NHS)")
_CUE = re.compile(r"\bnhs\b")


def right(digits: str) -> bool:
    """The check digit of the ten ``digits`` is right."""
    total = sum(weight * int(c) for weight, c in zip(range(10, 1, -1), digits, strict=False))
    return (total + int(digits[9])) % 11 == 0


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 10):
        told = said(view, number.start, _CUE)
        if right(number.digits) and (told or number.groups == (3, 3, 4)):
            yield _KIND.exact(number.start, number.end)
        elif told and number.groups in ((10,), (3, 3, 4)):
            yield _KIND.wrong(number.start, number.end)


RECOGNISER = Recogniser(
    id="gb_nhs",
    labels=("NIR",),
    source="Royaume-Uni : NHS Data Dictionary, NHS number (ISB 0149)",
    search=_search,
    accepted=(
        "NHS number ⟦943 476 5919⟧",
        "NHS No: ⟦9434765919⟧",
        "seen by the NHS last week. Patient id ⟦943-476-5919⟧",
        "NHS number ⟦943 476 5918⟧",
    ),
    refused=("943 476 5919", "9434765919", "the NHS trust called on 12/03/2024"),
    words=frozenset({"nhs"}),
    needs_digit=True,
)
