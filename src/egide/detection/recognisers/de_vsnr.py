"""German social insurance number (Versicherungsnummer): "65 170839 J 003".

Area (2), birth date ddmmyy, first letter of the name at birth, serial (2), check digit: digit sums of
the products by 2 1 2 5 7 1 2 1 2 1 2 1, the letter read as 01 to 26, mod 10.
Source: SGB VI, § 147; Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung, §§ 2-5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said
from egide.detection.view import View

_KIND: Final = Kind("de_vsnr", "NIR", "Numéro d'assurance sociale allemand")
_FORM = re.compile(r"([0-9]{2}) ?([0-9]{6}) ?([a-z]) ?([0-9]{2}) ?([0-9])(?![a-z0-9])")
_CUE = re.compile(r"versicherung|\bvsnr\b|\bsvnr\b|\brvnr\b|\bsv-?nr|\brv-?nr|social (?:security|insurance)")
_WEIGHTS: Final = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)


def right(value: str) -> bool:
    """The check digit of the twelve characters of ``value`` (folded) is right."""
    digits = f"{value[:8]}{ord(value[8]) - 96:02}{value[9:11]}"
    products = [weight * int(c) for weight, c in zip(_WEIGHTS, digits, strict=True)]
    return sum(product // 10 + product % 10 for product in products) % 10 == int(value[11])


def _dated(value: str) -> bool:
    """The day may have grown by 50 when two people would share a number."""
    return 1 <= int(value[2:4]) % 50 <= 31 and "01" <= value[4:6] <= "12"


def _search(view: View) -> Iterator[Finding]:
    sized = view.runs.by_size
    starts = [start for start, _ in sized.get(8, ())]
    starts += [start - 3 for start, _ in sized.get(6, ()) if view.low[start - 1 : start] == " "]
    for start in starts:
        match = _FORM.match(view.low, start) if start >= 0 else None
        if not match or view.low[start - 1 : start].isalnum():
            continue
        value = "".join(match.groups())
        if _dated(value) and right(value):
            yield _KIND.exact(*match.span())
        elif said(view, start, _CUE, 60):
            yield _KIND.wrong(*match.span())


RECOGNISER = Recogniser(
    id="de_vsnr",
    labels=("NIR",),
    source="Allemagne : SGB VI, § 147 ; VKVV, §§ 2 à 5",
    search=_search,
    accepted=(
        "Versicherungsnummer ⟦65 170839 J 003⟧",
        "⟦65170839J003⟧",
        "Sozialversicherungsnummer: ⟦65 170839 J 008⟧",
        "SV-Nr. ⟦15 070649 C 103⟧",
    ),
    refused=("65 170839 J 008", "65990839J003", "réf. 20240911A001", "12 345678 L 900"),
    needs_digit=True,
)
