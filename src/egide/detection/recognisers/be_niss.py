"""Belgian national number (numéro national, NISS, INSZ): birth date yymmdd, order of 3, key of 2.

Key = 97 - number mod 97, with a 2 put before the nine digits for who was born from 2000 on. The month
grows by 20 or 40 in the numbers of the BIS register; month and day may be 00 when unknown.
Source: arrêté royal du 3 avril 1984 relatif à la composition du numéro d'identification du Registre
national; Banque-Carrefour de la Sécurité sociale, "Numéro bis".
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

_KIND: Final = Kind("be_niss", "NIR", "Numéro de registre national belge")
_CUE = re.compile(
    r"\bniss\b|\binsz\b|\bnrn\b|regist(?:re|er) nation|national regist|rijksregister|numero national|"
    r"nationaal nummer|national number|nationalregister"
)
_OTHER = re.compile(r"\btel\b|\bean\b|\bgtin\b|\bisbn\b|\bcolis\b|\blot\b|\bsuivi\b|\brpps\b")
_WORDS = words("niss insz nrn registre register rijksregister rijksregisternummer national nationaal")
# Alone, only as people write it: "11 09 2024 001" is a date, "20240911001" an order of a day.
_GROUPS: Final = frozenset({(11,), (6, 3, 2), (6, 5), (2, 2, 2, 3, 2), (2, 2, 2, 5)})


def right(digits: str) -> bool:
    """The key of the eleven ``digits`` is right, in one century or the other."""
    body, key = int(digits[:9]), int(digits[9:])
    return key in (97 - body % 97, 97 - (2_000_000_000 + body) % 97)


def _dated(digits: str) -> bool:
    month = int(digits[2:4])
    return month < 53 and month % 20 <= 12 and digits[4:6] <= "31"


def _alone(number: Number) -> bool:
    """The number is written as such, and compact it is not a year, a month and a day."""
    ordered = len(number.groups) == 1 and "20" <= number.digits[2:4] <= "32"
    return number.groups in _GROUPS and number.whole and not ordered


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 11):
        if not _dated(number.digits):
            continue
        told = not _WORDS.isdisjoint(view.vocabulary) and said(view, number.start, _CUE, 60)
        if not right(number.digits):
            if told:
                yield _KIND.wrong(number.start, number.end)
        elif told or (_alone(number) and not said(view, number.start, _OTHER)):
            yield _KIND.exact(number.start, number.end)


RECOGNISER = Recogniser(
    id="be_niss",
    labels=("NIR",),
    source="Belgique : arrêté royal du 3 avril 1984 ; Banque-Carrefour de la Sécurité sociale",
    search=_search,
    accepted=(
        "numéro national ⟦85.07.30-033.28⟧",
        "NISS : ⟦85073003328⟧",
        "né à Liège, ⟦850730 033 28⟧",
        "rijksregisternummer ⟦17.07.30-033.84⟧",
        "numéro de registre national ⟦85.07.30-033.29⟧",
        "INSZ ⟦40.00.01-001.33⟧",
    ),
    refused=(
        "85.07.30-033.29",
        "commande 85073003329",
        "EAN 85073003328",
        "le 11/09/2024 001",
        "commande 20201205676",
        "colis 85073003328",
    ),
    needs_digit=True,
)
