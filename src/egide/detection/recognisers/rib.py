"""RIB: bank 5, branch 5, account 11 (letters allowed), key 2; and account numbers named as such.

Letters count as digits (A, J = 1; B, K, S = 2 ...); 89 x bank + 15 x branch + 3 x account + key is a
multiple of 97. The SEPA creditor identifier (ICS), two check digits and "ZZZ", is found here too.
Source: Comité français d'organisation et de normalisation bancaires, norme RIB; European Payments
Council, EPC262-08 (creditor identifier).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said
from egide.detection.recognisers.iban import mod97
from egide.detection.view import View

_SEP = r"[ .\-/|;\t]{0,3}"
_RIB = re.compile(rf"([0-9]{{5}}){_SEP}([0-9]{{5}}){_SEP}([0-9a-z]{{11}}){_SEP}([0-9]{{2}})(?![a-z0-9])")
_HEAD = re.compile(rf"[0-9]{{5}}{_SEP}[0-9]{{5}}")
_GROUPED = re.compile(r"([0-9]{5}) ?([0-9]{5}) ?((?:[0-9a-z] ?){11}) ?([0-9]{2})(?![a-z0-9])")
_LETTER = dict(zip("abcdefghijklmnopqrstuvwxyz", "12345678912345678923456789", strict=True))
_CUE = re.compile(r"\brib\b|\bcompte\b|\bguichet\b|\bbanque\b|virement")
_PART = re.compile(
    r"(?:banque|guichet|agence) ?(?:n° ?)?[:=]? ?([0-9]{5})(?![0-9a-z])|\bcle(?: rib)? ?[:=]? "
    r"?([0-9]{2})(?![0-9a-z])"
)
_ACCOUNT = re.compile(
    r"(?:compte|cpte|account)(?: (?:bancaire|courant|epargne|client|pro|cheques?|joint|number|no))*"
    r"(?: ?n(?:° ?|o\.? |umero ))?(?: ?:)? ?((?:[0-9]{5} ){0,2}[0-9]{7,11}[a-z]?|[0-9]{4,5}(?: "
    r"[0-9]{2,8}){1,4}(?: ?[a-z])?)(?![0-9a-z])"
)
_ICS = re.compile(r"(?<![a-z0-9])([a-z]{2}[0-9]{2})[ ]?([0-9a-z]{3})[ ]?([0-9a-z]{4,28})(?![a-z0-9])")


def right(bank: str, branch: str, account: str, key: str) -> bool:
    """The key of the RIB is right."""
    account = "".join([_LETTER.get(c, c) for c in account])
    return (89 * int(bank) + 15 * int(branch) + 3 * int(account) + int(key)) % 97 == 0


def _full(view: View) -> Iterator[Finding]:
    low = view.low
    # The bank's code stands alone, or the whole is compact.
    for start, _ in sorted([*view.runs.sized(5), *view.runs.longer(10)]):
        if not _HEAD.match(low, start) or (low[start - 1 : start].isalnum() and start):
            continue
        match = _RIB.match(low, start) or _GROUPED.match(low, start)
        if not match:
            continue
        bank, branch, account, key = (part.replace(" ", "") for part in match.groups())
        if right(bank, branch, account, key):
            yield Finding(*match.span(), "IBAN", 0.97, "rib", "RIB : forme et clé exactes.")
        elif said(view, start, _CUE, 60):
            yield Finding(*match.span(), "IBAN", 0.75, "rib", "RIB d'après le contexte ; sa clé est fausse.")


def _named(view: View) -> Iterator[Finding]:
    words = view.vocabulary
    if "guichet" in words:
        for match in _PART.finditer(view.low):
            yield Finding(
                *match.span(match.lastindex or 0), "IBAN", 0.8, "rib", "Partie d'un RIB d'après le contexte."
            )
    for word in ("compte", "cpte", "account"):
        for start, _ in view.places(word):
            found = _ACCOUNT.match(view.low, start)
            if found:
                yield Finding(*found.span(1), "IBAN", 0.75, "rib", "Numéro de compte d'après le contexte.")


def _search(view: View) -> Iterator[Finding]:
    yield from _full(view)
    yield from _named(view)
    if "zzz" in view.low or "ics" in view.vocabulary:
        for match in _ICS.finditer(view.low):
            if match[1][2:].isdigit() and mod97(match[1] + match[3]) == 1 and any(map(str.isdigit, match[3])):
                yield Finding(*match.span(), "IBAN", 0.95, "rib", "Identifiant créancier SEPA : clé exacte.")
            elif match[2] == "zzz":
                yield Finding(
                    *match.span(), "IBAN", 0.8, "rib", "Identifiant créancier SEPA d'après sa forme."
                )


RECOGNISER = Recogniser(
    id="rib",
    labels=("IBAN",),
    source="CFONB, norme RIB ; EPC262-08",
    search=_search,
    accepted=(
        "RIB ⟦30004 00812 00010234567 44⟧",
        "⟦20041 01005 0500013M026 06⟧",
        "⟦20041010050500013M02606⟧",
        "banque ⟦14445⟧ guichet ⟦20200⟧ compte ⟦08001234567⟧ clé ⟦31⟧",
        "je n'ai plus accès au compte ⟦00062 0001174403B⟧",
        "ICS ⟦FR72ZZZ508118⟧",
    ),
    refused=(
        "20041 01005 0500013M026 07",
        "le compte de 2024 est clos",
        "pour le compte de M. Petit",
        "11111 palettes et 22222 cartons",
        "compte rendu 2024",
    ),
    needs_digit=True,
)
