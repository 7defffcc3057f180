"""Belgian enterprise number (BCE, KBO): ten digits that begin with 0 or 1, "0428.759.497".

The last two are 97 - the first eight mod 97. Compact, it reads like a French telephone number: it then
needs a cue ("BCE", "TVA", "BE"). With dots by 4, 3 and 3 its key is enough.
Source: arrêté royal du 24 juin 2003 portant exécution de la loi créant la Banque-Carrefour des
Entreprises; SPF Économie, "Numéro d'entreprise".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import Number, of
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_KIND: Final = Kind("be_bce", "SIREN", "Numéro d'entreprise belge (BCE)")
_CUE = re.compile(
    r"\bbce\b|\bkbo\b|\bcbe\b|numero d'entreprise|\bondernemingsn|\btva\b|\bbtw\b|\bvat\b|\brpm\b|\brpr\b|"
    r"enterprise number|\bbe ?$"
)
_SURE = re.compile(r"\bbce\b|\bkbo\b|numero d'entreprise|\bondernemingsn|enterprise number")
_OTHER = re.compile(r"\btel|\bphone|\bmobile\b|\bgsm\b|\bfax\b|\bport(?:able)?\b|\blot\b|\bref\b")
_WORDS = words("bce kbo cbe entreprise ondernemingsnummer tva btw vat rpm rpr enterprise be")


_NAMES = words("bce kbo ondernemingsnummer")
_GROUPS: Final = frozenset({(10,), (4, 3, 3)})


def right(digits: str) -> bool:
    """The key of the ten ``digits`` is right."""
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


def _dotted(view: View, number: Number) -> bool:
    written = view.low[number.start + 4] + view.low[number.end - 4]
    return number.groups == (4, 3, 3) and written == ".." and number.whole


def _named(view: View) -> bool:
    return not _NAMES.isdisjoint(view.vocabulary) or "numero d'entreprise" in view.low


def _search(view: View) -> Iterator[Finding]:
    numbers = of(view, 10)
    named = bool(numbers) and _named(view)
    for number in numbers:
        if number.digits[0] not in "01":
            continue
        if right(number.digits):
            told = not _WORDS.isdisjoint(view.vocabulary) and said(view, number.start, _CUE)
            if told or (_dotted(view, number) and not said(view, number.start, _OTHER, 25)):
                yield _KIND.exact(number.start, number.end)
        elif named and number.groups in _GROUPS and said(view, number.start, _SURE, 30):
            yield _KIND.wrong(number.start, number.end)


RECOGNISER = Recogniser(
    id="be_bce",
    labels=("SIREN",),
    source="Belgique : arrêté royal du 24 juin 2003 ; SPF Économie, numéro d'entreprise",
    search=_search,
    accepted=(
        "numéro d'entreprise ⟦0428.759.497⟧",
        "Brasserie du Pont SRL, ⟦0428.759.497⟧, Namur",
        "BCE ⟦0428759497⟧",
        "TVA BE ⟦0428 759 497⟧",
        "KBO ⟦0428.759.498⟧",
    ),
    refused=(
        "0428.759.498",
        "0428759497",
        "tél. 0428.759.497",
        "une entreprise joignable au 04 28 75 94 98",
        "commande 0428759497",
    ),
    needs_digit=True,
)
