"""Swiss social security number (AVS, AHV): 756, nine digits and a check digit, "756.9217.0769.85".

The check digit is that of EAN-13; 756 is Switzerland in ISO 3166 and is given to no product.
Source: loi fédérale sur l'AVS (RS 831.10), article 50c; règlement RS 831.101, articles 133 and following;
Centrale de compensation, "Le numéro AVS".
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

_KIND: Final = Kind("ch_avs", "NIR", "Numéro AVS suisse")
_CUE = re.compile(r"\bn?avs|\bahvn?|\boasi\b|assurance vieillesse|sozialversicherung|securite sociale")
_OTHER = re.compile(r"\bean\b|\bgtin\b|code.?barres?|\bisbn\b")


def right(digits: str) -> bool:
    """The thirteen ``digits`` begin with 756 and their check digit is right."""
    values = [int(c) for c in digits]
    return digits.startswith("756") and (sum(values[::2]) + 3 * sum(values[1::2])) % 10 == 0


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 13):
        if not number.digits.startswith("756"):
            continue
        told = said(view, number.start, _CUE, 60)
        if not right(number.digits):
            if told:
                yield _KIND.wrong(number.start, number.end)
        elif told or (number.whole and not said(view, number.start, _OTHER)):
            yield _KIND.exact(number.start, number.end)


RECOGNISER = Recogniser(
    id="ch_avs",
    labels=("NIR",),
    source="Suisse : loi sur l'AVS (RS 831.10), article 50c ; Centrale de compensation",
    search=_search,
    accepted=(
        "n° AVS ⟦756.9217.0769.85⟧",
        "⟦756.9217.0769.85⟧",
        "assurée ⟦7569217076985⟧ à Lausanne",
        "AHV-Nr. ⟦756 9217 0769 85⟧",
        "AVS : ⟦756.9217.0769.86⟧",
    ),
    refused=("756.9217.0769.86", "EAN 7569217076985", "EAN 7612345678900", "7569217076984 pièces"),
    needs_digit=True,
)
