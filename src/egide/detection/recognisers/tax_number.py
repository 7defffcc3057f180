"""Tax number of a person (SPI): thirteen digits from 0 to 3 on; its last three are the first ten mod 511.

Taken with a cue, or with a right key in its usual groups "30 23 217 600 053". The tax notice's reference
is found here too.
Source: DGFiP, "Numéro fiscal de référence"; OECD, Tax identification numbers, France.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._said import before, said, words
from egide.detection.view import View

_CUE = re.compile(
    r"fisca(?:l|ux)|\bspi\b|\bimpots?\b|\bdgfip\b|\btax\b|\btin\b|\bnif\b|declarant|\bn°? ?de foyer"
)
_OTHER = re.compile(r"\bean\b|code.?barres?|\bisbn\b|\bgtin\b|\bsiret\b|\bsecu")
_NOTICE = re.compile(r"[0-9](?<![a-z0-9][0-9])[0-9] ?[0-9a-z]{2} ?[0-9a-z]{7} ?[0-9a-z]{2}(?![a-z0-9])")
_NOTICE_CUE = re.compile(r"ref(?:erence|\.)?[^\n]{0,12}\bavis|\bavis d'impo")
_WORDS = words(
    "fiscal fiscaux fiscale spi impot impots impositions imposition dgfip tax tin nif declarant foyer avis"
)


def right(digits: str) -> bool:
    """The key of the thirteen ``digits`` is right."""
    return int(digits[:10]) % 511 == int(digits[10:])


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 13):
        if number.digits[0] not in "0123":
            continue
        exact = right(number.digits)
        if not exact and _WORDS.isdisjoint(view.vocabulary):
            continue
        context = before(view, number.start, 60)
        if _OTHER.search(context):
            continue
        if _CUE.search(context):
            reason = "Numéro fiscal : clé exacte." if exact else "Numéro fiscal d'après le contexte."
            yield Finding(number.start, number.end, "TAX_NUMBER", 0.93, "tax_number", reason)
        elif exact and number.groups in ((2, 2, 3, 3, 3), (1, 3, 3, 3, 3), (4, 3, 3, 3)):
            yield Finding(
                number.start,
                number.end,
                "TAX_NUMBER",
                0.85,
                "tax_number",
                "Numéro fiscal : forme et clé exactes.",
            )
    if "avis" in view.vocabulary:
        for match in _NOTICE.finditer(view.low):
            if match.group()[:2].isdigit() and said(view, match.start(), _NOTICE_CUE, 50):
                yield Finding(
                    *match.span(),
                    "TAX_NUMBER",
                    0.85,
                    "tax_number",
                    "Référence d'un avis d'impôt d'après le contexte.",
                )


RECOGNISER = Recogniser(
    id="tax_number",
    labels=("TAX_NUMBER",),
    source="DGFiP, numéro fiscal de référence ; OCDE, TIN France",
    search=_search,
    accepted=(
        "numéro fiscal ⟦3023217600053⟧",
        "n° fiscal : ⟦30 23 217 600 053⟧",
        "⟦30 23 217 600 053⟧",
        "SPI ⟦3023217600054⟧",
        "référence de l'avis : ⟦24 75 A123456 78⟧",
    ),
    refused=("30 23 217 600 054", "EAN 3760012345670", "EAN 3023217600053", "avis du 12/03/2024"),
    needs_digit=True,
)
