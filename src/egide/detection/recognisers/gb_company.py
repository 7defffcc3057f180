"""British company number (Companies House), by its name: eight digits, or two letters and six digits.

There is no check digit. SC is Scotland, NI and R0 Northern Ireland, OC, SO and NC partnerships.
Source: Companies Act 2006, section 1066; Companies House, "Uniform Resource Identifiers", prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("gb_company", "SIREN", "Numéro d'entreprise britannique")
_CUE = re.compile(
    r"company (?:reg[a-z.]* )?(?:n[o°]\b|num)|\bcrn\b|companies house|company reg|"
    r"registered (?:in|with|under|company|n[o°]\b|num)|registration n(?:o\b|um)"
)
_FORM = re.compile(
    r"(?<![a-z0-9])(?:(?:sc|ni|oc|so|nc|lp|sl|nl|ac|fc|gs|ip|rc|sr)[0-9]{6}|r0[0-9]{6}|[0-9]{8})(?![a-z0-9])"
)


def _search(view: View) -> Iterator[Finding]:
    sized = view.runs.by_size
    starts = [start for start, _ in sized.get(8, ())]
    starts += [start - 2 for start, _ in sized.get(6, ()) if start > 1]
    starts += [start - 1 for start, _ in sized.get(7, ()) if start]
    for start in starts:
        match = _FORM.match(view.low, start)
        if match and said(view, start, _CUE, 60):
            yield _KIND.told(*match.span())


RECOGNISER = Recogniser(
    id="gb_company",
    labels=("SIREN",),
    source="Royaume-Uni : Companies Act 2006, section 1066 ; Companies House",
    search=_search,
    accepted=(
        "Company number ⟦01234567⟧",
        "registered in England and Wales (No. ⟦01234567⟧)",
        "Company No. ⟦SC123456⟧",
        "Companies House: ⟦OC301234⟧",
    ),
    refused=("01234567", "order SC123456", "our company shipped 12345678 parts"),
    words=words("company companies registered registration crn"),
    needs_digit=True,
)
