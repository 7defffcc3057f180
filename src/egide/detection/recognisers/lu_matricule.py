"""Luxembourg's national number (matricule, CCSS): birth date yyyymmdd, order of 3, two check digits.

The twelfth digit is that of Luhn over the first eleven; the thirteenth, that of Verhoeff over the same.
Source: loi du 19 juin 2013 relative à l'identification des personnes physiques, article 2; règlement
grand-ducal du 28 novembre 2013; OECD, Tax identification numbers, Luxembourg.
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
from egide.detection.recognisers._said import said
from egide.detection.view import View

_KIND: Final = Kind("lu_matricule", "NIR", "Matricule national luxembourgeois")
_CUE = re.compile(r"\bmatricule|\bccss\b|\bcns\b|securite sociale|sozialversicherung|identifikationsnummer")
_OTHER = re.compile(r"\bean\b|\bgtin\b|code.?barres?|\bisbn\b|\bcolis\b|\bsuivi\b")
# The dihedral group of ten elements, and the powers of Verhoeff's permutation.
_TIMES: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_SHIFT: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 5, 7, 6, 2, 8, 3, 0, 9, 4),
    (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7),
    (9, 4, 5, 3, 1, 2, 6, 8, 7, 0),
    (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5),
    (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)


def verhoeff(digits: str) -> bool:
    """The last of ``digits`` is that of Verhoeff."""
    state = 0
    for place, c in enumerate(reversed(digits)):
        state = _TIMES[state][_SHIFT[place % 8][int(c)]]
    return state == 0


def right(digits: str) -> bool:
    """Both check digits of the thirteen ``digits`` are right."""
    return luhn(digits[:12]) and verhoeff(digits[:11] + digits[12])


def _dated(digits: str) -> bool:
    return digits[:2] in ("18", "19", "20") and "01" <= digits[4:6] <= "12" and "01" <= digits[6:8] <= "31"


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 13):
        if not _dated(number.digits):
            continue
        told = said(view, number.start, _CUE, 60)
        if not right(number.digits):
            if told:
                yield _KIND.wrong(number.start, number.end)
        elif told or (number.whole and not said(view, number.start, _OTHER)):
            yield _KIND.exact(number.start, number.end)


RECOGNISER = Recogniser(
    id="lu_matricule",
    labels=("NIR",),
    source="Luxembourg : loi du 19 juin 2013 relative à l'identification des personnes physiques ; OCDE",
    search=_search,
    accepted=(
        "matricule ⟦1893120105732⟧",
        "⟦1893 12 01 057 32⟧",
        "Mme Weber, ⟦1893120105732⟧, à Esch",
        "matricule CCSS ⟦1893 1201 05733⟧",
    ),
    refused=("1893120105733", "EAN 1893120105732", "EAN 2012345678900", "colis 1893120105732"),
    needs_digit=True,
)
