"""Payment cards: 13 to 19 digits, the range of a network, a Luhn key; and the last four, when said.

Source: ISO/IEC 7812-1; ranges published by Visa, Mastercard, American Express, Diners, Discover, JCB,
UnionPay, Maestro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import numbers
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import said
from egide.detection.view import View

_RANGES: Final = re.compile(
    r"4[0-9]{12}(?:[0-9]{3}){0,2}$|(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))[0-9]{9,14}$|"
    r"3[47][0-9]{13}$|"
    r"3(?:0[0-5]|[689])[0-9]{11,13}$|35[0-9]{14}$|6(?:011|4[4-9]|5|2)[0-9]{12,17}$|(?:50|5[6-9]|"
    r"6[0379])[0-9]{10,17}$"
)
_CUE = re.compile(
    r"\bcartes?\b|\bcb\b|\bvisa\b|master ?card|\bamex\b|american express|\bcard\b|\bpan\b|bancaire|"
    r"\bmaestro\b"
)
_OTHER = re.compile(
    r"\bean\b|\bisbn\b|\bgtin\b|code.?barres?|\bimei\b|\bcolis\b|\bsuivi\b|\bserie\b|\blot\b|\biccid\b|"
    r"\bsim\b"
)
_LAST = re.compile(
    r"(?:finissant|se terminant|terminant|terminee?|ending|qui finit) (?:par|en|in|with)?(?: le)? "
    r"?(?:\*+|x+|•+)? ?([0-9]{4})(?![0-9])"
)
_MASKED = re.compile(r"(?:[x*•.#]{4}[ -]?){1,3}([0-9]{4})(?![0-9a-z])")
_CARDS: Final = frozenset(
    {
        "carte",
        "cartes",
        "cb",
        "visa",
        "mastercard",
        "master",
        "amex",
        "card",
        "bancaire",
        "pan",
        "maestro",
        "american",
    }
)
_SIZES: Final = (16, 15, 14, 13, 19, 17, 18)


def network(digits: str) -> bool:
    """``digits`` has the length and the beginning of a card."""
    return _RANGES.match(digits) is not None


def _full(view: View) -> Iterator[Finding]:
    table = numbers(view)
    for size in _SIZES:
        for number in table.get(size, ()):
            if not network(number.digits) or len(set(number.digits)) < 2:
                continue
            sure = luhn(number.digits)
            if not sure and (size != 16 or _CARDS.isdisjoint(view.vocabulary)):
                continue
            said_so = said(view, number.start, _CUE, 60)
            if sure and (
                said_so
                or ((size == 16 or number.groups == (4, 6, 5)) and not said(view, number.start, _OTHER))
            ):
                reason = "Numéro de carte bancaire : plage du réseau et clé exactes."
                yield Finding(number.start, number.end, "CARD", 0.98 if said_so else 0.9, "card", reason)
            elif said_so and size == 16:
                reason = "Numéro de carte d'après le contexte ; sa clé est fausse."
                yield Finding(number.start, number.end, "CARD", 0.7, "card", reason)


def _search(view: View) -> Iterator[Finding]:
    yield from _full(view)
    if _CARDS.isdisjoint(view.vocabulary):
        return
    ends = [] if _ENDING.isdisjoint(view.vocabulary) else [*_LAST.finditer(view.low)]
    if any(mark in view.low for mark in ("xxx", "***", "•••", "....", "###")):
        ends += _MASKED.finditer(view.low)
    for match in ends:
        if said(view, match.start(), _CUE, 60):
            yield Finding(
                *match.span(1), "CARD", 0.8, "card", "Derniers chiffres d'une carte d'après le contexte."
            )


_ENDING: Final = frozenset({"finissant", "terminant", "termine", "terminee", "ending", "finit"})
RECOGNISER = Recogniser(
    id="card",
    labels=("CARD",),
    source="ISO/IEC 7812-1",
    search=_search,
    accepted=(
        "carte ⟦4973-5592-9366-9990⟧",
        "⟦4973 5542 7575 6717⟧",
        "CB ⟦4970109456495016⟧ refusée",
        "n° de carte : ⟦4973.5542.7575.6717⟧",
        "Amex ⟦3782 822463 10005⟧",
        "⟦2223 0031 2200 3222⟧ exp 09/27",
        "⟦4111 1111 1111 1111⟧",
        "ma carte bancaire ⟦4973 5542 7575 6718⟧",
        "un paiement par carte finissant par ⟦4402⟧",
        "carte **** **** **** ⟦4402⟧",
    ),
    refused=(
        "1234 5678 9012 3456 (exemple)",
        "4973 5542 7575 6718",
        "EAN 3760012345670",
        "4444 4444 4444 4444",
        "IMEI 356938035643809",
        "une phrase finissant par 2024",
        "497355427575671712",
    ),
    needs_digit=True,
)
