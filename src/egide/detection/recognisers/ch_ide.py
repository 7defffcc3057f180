"""Swiss enterprise number (IDE, UID, IDI): "CHE-123.456.788", and with "TVA" behind it the VAT number.

The ninth digit is 11 minus the weighted sum (5, 4, 3, 2, 7, 6, 5, 4) mod 11; 10 is never given.
Source: loi fédérale sur le numéro d'identification des entreprises (RS 431.03); norme eCH-0097.
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

_COMPANY: Final = Kind("ch_ide", "SIREN", "Numéro d'entreprise suisse (IDE)")
_VAT: Final = Kind("ch_ide", "TVA", "Numéro de TVA suisse")
_FORM = re.compile(
    r"[ -]?([0-9]{3})[. ]?([0-9]{3})[. ]?([0-9]{3})((?: |-)?(?:tva|mwst|iva|vat)\b)?(?![a-z0-9])"
)
_CUE = re.compile(r"\bide\b|\buid\b|\bidi\b|\btva\b|\bmwst\b|\biva\b|\bvat\b|registre du commerce|handelsreg")
_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4)


def right(digits: str) -> bool:
    """The last of the nine ``digits`` is right."""
    total = sum(weight * int(c) for weight, c in zip(_WEIGHTS, digits, strict=False))
    return (total + int(digits[8])) % 11 == 0


def _search(view: View) -> Iterator[Finding]:
    for start, end in view.places("che"):
        match = _FORM.match(view.low, end)
        if not match or view.low[start - 1 : start].isdigit():
            continue
        kind = _VAT if match[4] else _COMPANY
        # "che" is an Italian word: in small letters, a hyphen must follow it.
        if right(match[1] + match[2] + match[3]) and (view.text[start].isupper() or view.low[end] == "-"):
            yield kind.exact(start, match.end())
        elif match[4] or said(view, start, _CUE):
            yield kind.wrong(start, match.end())


RECOGNISER = Recogniser(
    id="ch_ide",
    labels=("SIREN", "TVA"),
    source="Suisse : loi sur le numéro d'identification des entreprises (RS 431.03) ; eCH-0097",
    search=_search,
    accepted=(
        "IDE ⟦CHE-123.456.788⟧",
        "Horlogerie du Lac SA (⟦CHE123456788⟧), Genève",
        "⟦CHE-123.456.788 TVA⟧",
        "UID ⟦CHE-123.456.789⟧",
        "⟦che-123.456.788⟧",
    ),
    refused=("CHE-123.456.789", "che 123 456 788", "CHE-12.345", "cherche 123456788"),
    words=frozenset({"che"}),
    needs_digit=True,
)
