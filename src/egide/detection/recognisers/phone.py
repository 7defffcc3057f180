"""Telephone numbers: French in every spacing, +33 and 0033 with or without (0), and foreign ones.

Ten digits that begin with 0 and a figure from 1 to 9, in the groups that people write; international
numbers by "+" or "00" and a country code; nine digits after a cue when the 0 was left out. Short numbers
(15, 3919) are not personal and are left alone.
Source: Arcep, plan national de numérotation (décision n° 2018-0881); ITU-T E.164 and E.123.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import Number, of
from egide.detection.recognisers._said import before, said, words
from egide.detection.view import View

_CUE = re.compile(
    r"\bte[l1i]\b|tele?phone|te ?l\.|\bportable\b|\bmobile\b|\bphone\b|\bfax\b|\bappel|\bjoign|\bjoind|"
    r"\bsms\b|whats|\bring\b|\bcall\b|"
    r"\brappel|\bcontact|\bfixe\b|\bligne\b|\bgsm\b|\bperso\b|\bnumero\b|\bstandard\b|\bau$|\btphone|"
    r"\bport\b|\bcell\b|\bsignal\b|\btelegram"
)
_OTHER = re.compile(
    r"\bisbn\b|\bean\b|\bgtin\b|code.?barres?|\barticle\b|\blot\b|\bserie\b|"
    r"\bversion\b|\bcompte\b|\bguichet|"
    r"\bcode sh\b|\bdouan|\bimei\b|\bcadastr|\bref(?:erence|\.)? (?:produit|article|catalogue|fabricant|"
    r"piece|"
    r"interne)|\bnomenclature\b"
)
# The groups that a French number is written in; "01/02/2024 10" (2, 2, 4, 2) is a date and is not here.
_GROUPS: Final = frozenset(
    {
        (10,),
        (2, 2, 2, 2, 2),
        (4, 3, 3),
        (4, 2, 2, 2),
        (1, 3, 3, 3),
        (2, 4, 4),
        (2, 8),
        (4, 6),
        (2, 2, 2, 4),
        (3, 3, 2, 2),
        (5, 5),
        (3, 7),
        (2, 3, 3, 2),
        (3, 2, 2, 3),
        (2, 2, 3, 3),
        (3, 3, 4),
        (2, 2, 6),
        (1, 2, 2, 2, 3),
        (4, 2, 4),
        (4, 4, 2),
        (2, 3, 2, 3),
        (3, 2, 2, 2, 1),
        (1, 9),
        (1, 1, 2, 2, 2, 2),
        (2, 3, 5),
        (2, 5, 3),
        (2, 6, 2),
    }
)
_ABROAD = re.compile(r"\+ ?\(?[1-9][0-9]{0,3}\)?(?:[ .\-/·]{0,2}\(?[0-9]{1,11}+\)?){1,8}(?![0-9a-z])")
_OTHERS: Final = words(
    "isbn ean gtin barre barres article lot serie version compte guichet sh douane douanier douaniere "
    "imei cadastre cadastral "
    "cadastrale ref reference nomenclature"
)
_CLAUSE = re.compile(r"[,;|(]|[.!?] ")
_FRENCH_ABROAD = re.compile(r"(?:\(?\+ ?33\)?|0033)[ .-]*(?:\(0\)|0)?(?:[ .\-/·]{0,2}[0-9]){9}(?![0-9a-z])")
_ZERO_ZERO = re.compile(
    r"00[ .]?[1-9][0-9]{0,2}[ .\-]?(?:\(0\)[ ]?)?(?:[0-9]{1,11}+[ .\-]?){1,6}(?<=[0-9])(?![0-9a-z])"
)
_NORTH_AMERICA = re.compile(r"\([2-9][0-9]{2}\) ?[0-9]{3}[ .-][0-9]{4}(?![0-9])")
_BRACKETED = re.compile(r"\((0[1-9])\)[ .]?(?:[0-9]{2}[ .-]?){4}(?<=[0-9])(?![0-9])")
_WRITTEN: Final = "Numéro de téléphone français d'après sa forme."
_BY_CUE: Final = "Numéro de téléphone d'après le contexte."


def _french(view: View, number: Number) -> str:
    """Why the ten digits are a phone number; empty when they are not."""
    digits = number.digits
    if (
        digits[0] != "0"
        or digits[1] == "0"
        or ("\n" in view.low[number.start : number.end] and number.groups not in _GROUPS)
    ):
        return ""
    context = before(view, number.start)
    if (not _OTHERS.isdisjoint(view.vocabulary) and _OTHER.search(_CLAUSE.split(context)[-1])) or _compound(
        view, number
    ):
        return ""
    if number.groups in _GROUPS and (not number.scanned or len(number.groups) == 5 or _CUE.search(context)):
        return _WRITTEN
    return _BY_CUE if len(number.groups) <= 7 and _CUE.search(context) else ""


def _compound(view: View, number: Number) -> bool:
    """A reference goes on after the digits: "0123456789-A", "0123456789/2024"."""
    low, after = view.low, view.low[number.end : number.end + 3]
    if number.start > 1 and low[number.start - 1] in ".-" and low[number.start - 2].isdigit():
        return True  # "1.04.118.22095": a part number
    if len(after) > 1 and after[0] in ".-" and after[1].isdigit():
        return True
    return (
        len(number.groups) == 1
        and len(after) > 1
        and after[0] in "-/_"
        and after[1].isalnum()
        and not number.whole
    )


def _search(view: View) -> Iterator[Finding]:
    past = -1
    for number in of(view, 10):
        if number.start >= past:
            why = _french(view, number)
            if why:
                past = number.end
                yield Finding(number.start, number.end, "PHONE", 0.9, "phone", why)
    for number in of(view, 9):
        # "6 12 34 56 78": the 0 was left out, or lost by a spreadsheet.
        short = number.digits[0] != "0" and number.groups in ((1, 2, 2, 2, 2), (9,), (3, 2, 2, 2), (3, 3, 3))
        if short and _PHONE_CUE.search(before(view, number.start, 25)):
            yield Finding(number.start, number.end, "PHONE", 0.7, "phone", _BY_CUE)
    for number in of(view, 11):
        if (
            number.digits.startswith("33")
            and number.digits[2] in "1234567"
            and said(view, number.start, _CUE)
        ):
            yield Finding(number.start, number.end, "PHONE", 0.85, "phone", _BY_CUE)
    yield from _abroad(view)


_PHONE_CUE = re.compile(
    r"\bte[l1i]\b|telephone|portable|mobile|phone|\bgsm\b|\bsms\b|whatsapp|joignable|\bappel|\brappel"
)


def _abroad(view: View) -> Iterator[Finding]:
    low = view.low
    at = low.find("+")
    while at >= 0:
        match = _FRENCH_ABROAD.match(low, at - 1 if low[at - 1 : at] == "(" else at) or _ABROAD.match(low, at)
        if match and not low[at - 1 : at].isalnum() and _enough(match):
            yield Finding(*match.span(), "PHONE", 0.95, "phone", "Numéro de téléphone international.")
        at = low.find("+", at + 1)
    if "00" in low:
        for start in [start for start in view.runs.starts if low.startswith("00", start)]:
            country = low[start + 2 : start + 4].lstrip(" .")[:1]
            if (
                country
                and country in "123456789"
                and not low[start - 1 : start].isalnum()
                and low[start - 1 : start] not in ("-", ".", "/")
            ):
                yield from _double_zero(view, start)
    for at in view.occurrences("("):
        if low[at + 1 : at + 2].isdigit():
            match = _NORTH_AMERICA.match(low, at) or _BRACKETED.match(low, at)
            if match:
                yield Finding(*match.span(), "PHONE", 0.85, "phone", "Numéro de téléphone d'après sa forme.")


def _double_zero(view: View, start: int) -> Iterator[Finding]:
    match = _FRENCH_ABROAD.match(view.low, start)
    if match:
        yield Finding(*match.span(), "PHONE", 0.95, "phone", "Numéro de téléphone international.")
        return
    match = _ZERO_ZERO.match(view.low, start)
    if match and 11 <= sum(map(str.isdigit, match.group())) <= 17 and said(view, start, _CUE):
        yield Finding(
            *match.span(), "PHONE", 0.85, "phone", "Numéro de téléphone international d'après le contexte."
        )


def _enough(match: re.Match[str]) -> bool:
    return 8 <= sum(map(str.isdigit, match.group())) <= 15


RECOGNISER = Recogniser(
    id="phone",
    labels=("PHONE",),
    source="Arcep, plan national de numérotation ; UIT-T E.164 et E.123",
    search=_search,
    accepted=(
        "Tél : ⟦06 39 98 10 57⟧",
        "⟦04-65-71-03-63⟧",
        "⟦0639 984 745⟧",
        "joignable au ⟦04/65/71/92/68⟧ ou ⟦+33261911234⟧",
        "⟦+33 (0)5 36 49 42 49⟧",
        "⟦+33(0)6 44 90 18 57⟧",
        "⟦0033 6 84 27 19 50⟧",
        "⟦+33.3.87.55.20.61⟧",
        "⟦+33 235 48 71 06⟧",
        "⟦06.39.98.66.10⟧",
        "⟦06·49·83·20·57⟧",
        "⟦06 88 31 0274⟧, ⟦0491 22 08 71⟧, ⟦0296.43.88.10⟧",
        "Sunrise, ⟦+91 22 5550 0142⟧ ou ⟦+353 86 412 7790⟧",
        "⟦+44 (0)20 7946 0958⟧",
        "TEL ⟦03.85.52.l9.74⟧",
        "Té l. ⟦02 96 8 4 11 2O⟧",
        "portable : ⟦6 39 98 10 57⟧",
        "nom;tel\nPetit;⟦0639981057⟧",
        "whatsapp ⟦33639981057⟧",
        "tél. bureau ⟦(514) 555-0199⟧",
        "⟦06 12 34 56 78⟧ / ⟦06 12 34 56 79⟧",
        "⟦0033(0)612345678⟧",
        "⟦0590 12 34 56⟧ en Guadeloupe",
    ),
    refused=(
        "appeler le 3919 ou le 15",
        "ISBN 2-07-036822-8",
        "ISBN 0-306-40615-2",
        "code SH 6109 10",
        "01/02/2024 10:30",
        "lot 0612345678",
        "soit 12 345 678,90",
        "1 000 000 de pixels",
        "dimensions 60 x 40 x 30",
        "EAN 3760012345670",
        "une hausse de +12 % sur 2024",
        "référence 0612345678-AB",
        "n° 00218",
        "1.04.118.22095.0",
        "2024-01-02 03:04",
    ),
    needs_digit=True,
)
