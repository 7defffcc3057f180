"""British National Insurance number: two letters, six digits, a letter from A to D: "AB 12 34 56 C".

There is no check digit. D, F, I, Q, U, V stand nowhere among the first two letters, O not second; BG, GB,
KN, NK, NT, TN, ZZ are never given. Compact ("AB123456C") it needs a text that speaks of it; by pairs, an
English text or one that speaks of Great Britain.
Source: HMRC, National Insurance Manual NIM39110, "Format and Security: What a NINO looks like".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._kind import Kind
from egide.detection.recognisers._said import words
from egide.detection.view import View

_KIND: Final = Kind("gb_nino", "NIR", "Numéro d'assurance nationale britannique")
_FORM = re.compile(
    r"(?<![a-z0-9])(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z][ -]?[0-9]{2}([ -]?)"
    r"[0-9]{2}\1[0-9]{2}[ -]?[a-d](?![a-z0-9])"
)
# The pairs alone are believed in a text that is English, or speaks of the country.
_WORDS = words("nino insurance hmrc paye payroll payslip ni")
_BRITISH = _WORDS | words("the uk england britain british london londres britannique anglais anglaise")
_LAST: Final = frozenset("abcd")
_TAILS: Final = frozenset(first + last for first in (" ", "-") for last in "abcd")


def _ends(view: View) -> list[int]:
    """End of the digits of every candidate: by pairs, and in a row where the text speaks of it."""
    if _BRITISH.isdisjoint(view.vocabulary):
        return []
    low, before, sized = view.low, view.runs.by_follower, view.runs.by_size
    ends = [end for _, end in sized.get(2, ()) if low[end : end + 2] in _TAILS]
    for letter in before.keys() & _LAST:
        ends += [start + 2 for start, end in before[letter] if end - start == 2]
    if 6 in sized and not _WORDS.isdisjoint(view.vocabulary):
        ends += [end for _, end in sized[6]]
    return ends


def _search(view: View) -> Iterator[Finding]:
    for end in _ends(view):
        for first in range(max(0, end - 11), max(0, end - 7)):
            match = _FORM.match(view.low, first)
            if match:
                yield _KIND.told(*match.span())
                break


RECOGNISER = Recogniser(
    id="gb_nino",
    labels=("NIR",),
    source="Royaume-Uni : HMRC, National Insurance Manual NIM39110",
    search=_search,
    accepted=(
        "National Insurance number: ⟦AB 12 34 56 C⟧",
        "NINO ⟦AB123456C⟧",
        "Sarah Jones, ⟦JG 10 37 59 A⟧, London office",
        "NI no. ⟦ab 123456 c⟧",
    ),
    refused=(
        "DV240911B",
        "AB 12 34 56 C",
        "GB 12 34 56 C",
        "QQ 12 34 56 C",
        "AB 12 34 56 E",
        "NINO to be sent, see plan 12 34 56 C",
        "NINO AO123456C",
    ),
    needs_digit=True,
)
