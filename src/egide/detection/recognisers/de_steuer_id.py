"""German tax number of a person (Steuer-ID, IdNr): eleven digits, "86 095 742 719".

Not 0 first; of the first ten digits one stands twice or three times (never three in a row) and every
other at most once; the last is the check digit of ISO 7064, mod 11,10. Compact, it needs a cue.
Source: Abgabenordnung, § 139b; Steueridentifikationsnummerverordnung, § 1; Bundeszentralamt für Steuern.
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

_KIND: Final = Kind("de_steuer_id", "TAX_NUMBER", "Numéro fiscal allemand (Steuer-ID)")
_CUE = re.compile(r"steuer-? ?id|identifikationsnummer|\bidnr\b|\btin\b|steuerliche|steuer-?identifik")
_UNIT = re.compile(r" ?(?:€|%|\$|eur|[a-z]{1,2}\b|d[e']|habitants|octets|pieces|lignes)|,[0-9]")
_WORDS = words("steuer steuerid steueridentifikationsnummer identifikationsnummer idnr tin steuerliche")


def right(digits: str) -> bool:
    """The spread of the digits and the check digit are right."""
    body = digits[:10]
    most = max(map(body.count, set(body)))
    spread = most in (2, 3) and len(set(body)) == 11 - most
    if digits[0] == "0" or not spread or any(3 * c in body for c in set(body)):
        return False
    product = 10
    for c in body:
        product = ((int(c) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def _search(view: View) -> Iterator[Finding]:
    cued = not _WORDS.isdisjoint(view.vocabulary)
    for number in of(view, 11):
        if not cued and number.groups != (2, 3, 3, 3):
            continue
        told = cued and said(view, number.start, _CUE, 60)
        if right(number.digits):
            written = number.groups == (2, 3, 3, 3) and number.whole
            if told or (written and not _UNIT.match(view.low, number.end)):
                yield _KIND.exact(number.start, number.end)
        elif told:
            yield _KIND.wrong(number.start, number.end)


RECOGNISER = Recogniser(
    id="de_steuer_id",
    labels=("TAX_NUMBER",),
    source="Allemagne : Abgabenordnung, § 139b ; Bundeszentralamt für Steuern",
    search=_search,
    accepted=(
        "Steuer-ID: ⟦86095742719⟧",
        "⟦86 095 742 719⟧",
        "Identifikationsnummer ⟦86 095 742 719⟧",
        "IdNr. ⟦86095742718⟧",
    ),
    refused=(
        "86095742719",
        "86 095 742 718",
        "offre 12 345 678 901",
        "86 095 742 719 €",
        "86 095 742 719,50",
    ),
    needs_digit=True,
)
