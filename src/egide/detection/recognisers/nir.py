"""French social security number (NIR, "numéro de sécurité sociale"): 13 characters and a key of 2.

Sex (1, 2; 3, 4, 7, 8 for temporary numbers), year, month (01-12, 20 and above when unknown), department
(2A and 2B in Corsica), commune, order; key = 97 - number mod 97, with 2A read as 19 and 2B as 18.
Source: décret n° 82-103 du 22 janvier 1982; INSEE, "Numéro de sécurité sociale (NIR)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_CUE = re.compile(
    r"\bnirp?\b|secu\b|securite ?sociale|\bn ?[°o.]? ?(?:de )?(?:s\.?s\b|secu)|\bss\b|\bassuree?\b|"
    r"vitale|\binsee\b|\bnss\b|"
    r"immatriculation|num[a-z.]* d'assure|\bss ?[:=n]|\bcpam\b|\bins\b|social security|\bn_?secu|num_?secu"
)
_WORDS = words(
    "nir nirpp nirp secu securite ss s assure assuree vitale insee nss immatriculation cpam ins social "
    "nss num numsecu"
)
_CORSICA = re.compile(
    r"(?<![a-z0-9])([1-478])[ .-]?([0-9]{2})[ .-]?([0-9]{2})[ .-]?2([ab])[ .-]?([0-9]{3})[ .-]?([0-9]{3})"
    r"(?:[ .-]{0,3}([0-9]{2}))?(?![a-z0-9])"
)


def key(body: str) -> int:
    """Key of the 13 characters of ``body`` (digits, with 2A or 2B as department)."""
    return 97 - int(body.replace("2a", "19").replace("2b", "18")) % 97


def plausible(body: str) -> bool:
    """Sex and month may be those of a number."""
    month = int(body[3:5])
    return body[0] in "123478" and (1 <= month <= 12 or 20 <= month <= 42 or month >= 50)


def _search(view: View) -> Iterator[Finding]:
    cued = not _WORDS.isdisjoint(view.vocabulary)
    for number in of(view, 15):
        if not plausible(number.digits):
            continue
        if key(number.digits[:13]) == int(number.digits[13:]):
            reason = "Numéro de sécurité sociale : forme et clé exactes."
            yield Finding(number.start, number.end, "NIR", 0.99, "nir", reason)
        elif cued and said(view, number.start, _CUE, 60):
            reason = "Numéro de sécurité sociale d'après le contexte ; sa clé est fausse."
            yield Finding(number.start, number.end, "NIR", 0.8, "nir", reason)
    for number in of(view, 13) if cued else ():
        if plausible(number.digits) and said(view, number.start, _CUE, 60):
            reason = "Numéro de sécurité sociale sans clé, d'après le contexte."
            yield Finding(number.start, number.end, "NIR", 0.85, "nir", reason)
    for department in ("2a", "2b"):
        for at in view.occurrences(department) if department in view.low else ():
            match = _CORSICA.search(view.low, max(0, at - 8), at + 22)
            if match:
                yield from _corsican(view, match)


def _corsican(view: View, match: re.Match[str]) -> Iterator[Finding]:
    sex, year, month, letter, commune, order, given = match.groups()
    body = f"{sex}{year}{month}2{letter}{commune}{order}"
    if not plausible(body):
        return
    if given and key(body) == int(given):
        reason = "Numéro de sécurité sociale (Corse) : forme et clé exactes."
        yield Finding(*match.span(), "NIR", 0.99, "nir", reason)
    elif said(view, match.start(), _CUE, 60):
        reason = "Numéro de sécurité sociale (Corse) d'après le contexte."
        yield Finding(*match.span(), "NIR", 0.85, "nir", reason)


RECOGNISER = Recogniser(
    id="nir",
    labels=("NIR",),
    source="Décret n° 82-103 du 22 janvier 1982 ; INSEE, numéro de sécurité sociale",
    search=_search,
    accepted=(
        "n° SS ⟦1.35.03.59.812.131.38⟧",
        "⟦2 41 03 33 808 335 21⟧",
        "Sa sécurité sociale : ⟦1371175463059 90⟧",
        "NIR=⟦1340899294414 85⟧",
        "née à Ajaccio, ⟦2 56 03 2A 114 348 04⟧",
        "numéro de sécu ⟦2 41 03 33 808 335⟧ sans la clé",
        "numéro de sécu ⟦2 41 03 33 808 335 22⟧",
        "scanné : ⟦2 41 O3 33 8O8 335 2l⟧",
        "nom;nir\nPetit;⟦241033380833521⟧",
        '{"nir": "⟦241033380833521⟧"}',
        "NUMÉRO D'IMMATRICULATION\n⟦2 41 03 33 808 335 21⟧",
    ),
    refused=(
        "2 41 03 33 808 335 22 pièces",
        "EAN 3760012345670",
        "le colis 124103338083352145 est parti",
        "IMEI 356938035643809",
        "EAN 2410333808335",
    ),
    needs_digit=True,
)
