"""IBAN of every country: two letters, two check digits, a length by country, remainder 1 modulo 97.

French ones hold the RIB, whose key is checked apart in ``rib``. Spaces, dots, hyphens and line breaks
may stand anywhere; a scanner's O for 0 is read back when the check digits then agree.
Source: ISO 13616-1; SWIFT, IBAN Registry; ISO/IEC 7064 (mod 97-10).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._iban_lengths import LENGTHS
from egide.detection.recognisers._said import said
from egide.detection.view import View

# As many letters and digits as the country asks for, at most three signs between two of them.
_BODY = {
    size: re.compile(rf"(?:[a-z\d]{{{size}}}|[a-z0-9](?:[ .\-/\n]{{0,3}}[a-z0-9]){{{size - 1}}})(?![^\W_])")
    for size in set(LENGTHS.values())
}
_SIGNS = str.maketrans("", "", " .-/\n")
_CUE = re.compile(
    r"\biban\b|\brib\b|\bcompte\b|virement|\bbic\b|prelevement|coordonnees bancaires|\bbanque\b|account|"
    r"crediter|verser"
)
_LOOK = str.maketrans("oils", "0115")
_LETTERS = {chr(c): str(c - 87) for c in range(97, 123)}


def mod97(value: str) -> int:
    """Remainder modulo 97 of ``value`` with its four first characters at the end, letters as numbers."""
    return int("".join([_LETTERS.get(c, c) for c in value[4:] + value[:4]])) % 97


def _candidates(view: View) -> Iterator[tuple[int, int]]:
    """(start, length of the country) wherever two country letters stand before digits."""
    low = view.low
    for start, _ in view.runs.lettered:
        at = start - 2 if low[start - 1] not in " -" else start - 3
        size = LENGTHS.get(low[at : at + 2]) if at >= 0 else None
        if size and not low[at - 1 : at].isalnum():
            yield at, size


def _search(view: View) -> Iterator[Finding]:
    low, past = view.low, 0
    for start, size in _candidates(view):
        match = _BODY[size].match(low, start) if start >= past else None
        if not match:
            continue
        end, value = match.end(), match.group().translate(_SIGNS)
        read = value[:2] + value[2:].translate(_LOOK)
        if sum(map(str.isdigit, value)) < size // 3:
            continue  # words in a row: one in a hundred has the right key
        if mod97(value) == 1 or (read != value and mod97(read) == 1):
            past = end
            yield Finding(start, end, "IBAN", 0.99, "iban", "IBAN : longueur du pays et clé exactes.")
        elif (
            value[2:4].isdigit()
            and len(set(value)) > 5
            and sum(map(str.isdigit, value)) >= size * 2 // 3
            and said(view, start, _CUE, 70)
        ):
            yield Finding(start, end, "IBAN", 0.8, "iban", "IBAN d'après le contexte ; sa clé est fausse.")


RECOGNISER = Recogniser(
    id="iban",
    labels=("IBAN",),
    source="ISO 13616-1 ; SWIFT, IBAN Registry",
    search=_search,
    accepted=(
        "RIB : ⟦FR76 13506036417336813894163⟧",
        "⟦FR76 2004 1052 6371 6862 2267 368⟧",
        "iban ⟦fr7614445068221239515508353⟧",
        "⟦FR76-1350-6013-9253-0488-5381-032⟧.",
        "deux comptes, de 2 agences : ⟦FR76 1350 6013 9253 0488 5381 032⟧",
        "BE : ⟦BE68 5390 0754 7034⟧ svp",
        "⟦DE89 3704 0044 0532 0130 00⟧",
        "⟦GB29 NWBK 6016 1331 9268 19⟧",
        "⟦MT84 MALT 0110 0001 2345 MTLC AST0 01S⟧",
        "⟦FR76 1350 6013\n9253 0488 5381 032⟧",
        "mon IBAN : ⟦FR76 1350 6013 9253 0488 5381 033⟧",
        "scanné ⟦FR76 135O 6O13 9253 O488 5381 O32⟧",
        '{"iban":"⟦FR7613506036417336813894163⟧"}',
    ),
    refused=(
        "FR76 1350 6013 9253 0488 5381 033",
        "FR76 1350 6013",
        "référence FR7613506036417336813894163999",
        "article de 35 pages",
        "résume de 40 pages en local sur une carte",
    ),
    needs_digit=True,
)
