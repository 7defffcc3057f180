"""Telephone numbers as English texts write them at home: British ("07700 900123"), American by a cue.

British: 0 and ten digits (nine after "01..." of a few places read like French ones), in the groups of
Ofcom. North American: three, three and four digits. With hyphens, neither of the first two groups below 200,
and no word that says another thing ("ref.", "part"), the form is enough; otherwise a word such as "call" or
"phone" must come before. International forms are found with the others.
Source: Ofcom, National Telephone Numbering Plan; BS 7925; North American Numbering Plan (NANPA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import Number, of
from egide.detection.recognisers._said import said
from egide.detection.view import View

_CUE = re.compile(
    r"\btel\b|phone|\bmobile\b|\bcell\b|\bcall|\bring\b|\btext\b|\bsms\b|whats|\bfax\b|number is|\breach|"
    r"\bcontact"
)
_OTHER = re.compile(r"\bean\b|\bgtin\b|\bisbn\b|\blot\b|\border\b|\bref|\bcommande|\bserie|\bsku\b|\baccount")
_THING: Final = re.compile(
    rf"{_OTHER.pattern}|\barticle|\bpart\b|\bitem\b|\bmodel|\bpiece|\bcode|\bserial|\bticket|\bcase\b|"
    r"\binvoice|\bfacture|\bdossier|\bcontrat|\bcontract|\bnorme|\bversion|\bplan\b|\bcatalog|\bn°"
)
_GROUPS: Final = frozenset({(5, 6), (5, 3, 3), (3, 4, 4), (4, 3, 4), (4, 7), (3, 8), (5, 2, 4)})
_BRACKETED = re.compile(r"\((0[1-378][0-9]{1,3})\) ?[0-9]{3,4} ?[0-9]{3,4}(?![0-9a-z])")
_FORM: Final = "Numéro de téléphone britannique d'après sa forme."
_FORM_AMERICAN: Final = "Numéro de téléphone nord-américain d'après sa forme."
_SAID: Final = "Numéro de téléphone d'après le contexte."


def _british(view: View, number: Number) -> str:
    """Why the eleven digits are a British number; empty when they are not."""
    if (
        number.digits[0] != "0"
        or number.digits[1] not in "12378"
        or "\n" in view.low[number.start : number.end]
    ):
        return ""
    if said(view, number.start, _CUE):
        return _SAID if len(number.groups) < 5 else ""
    written = number.groups in _GROUPS and number.whole and view.low[number.start + number.groups[0]] == " "
    return _FORM if written and not said(view, number.start, _OTHER) else ""


def _american(view: View, number: Number) -> str:
    """Why the ten digits are a North American number; empty when they are not."""
    digits, low, start = number.digits, view.low, number.start
    if digits[0] not in "23456789" or number.groups not in ((3, 3, 4), (10,)):
        return ""
    if said(view, start, _CUE, 25):
        return _SAID
    hyphens = number.end - start == 12 and low[start + 3] == low[start + 7] == "-"
    written = hyphens and digits[3] in "23456789" and number.whole and not number.scanned
    return _FORM_AMERICAN if written and not said(view, start, _THING) else ""


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 11):
        why = _british(view, number)
        if why:
            yield Finding(number.start, number.end, "PHONE", 0.88, "phone_english", why)
    for number in of(view, 10):
        why = _american(view, number)
        if why:
            yield Finding(number.start, number.end, "PHONE", 0.8, "phone_english", why)
    for start, end in view.runs.by_follower.get(")", ()):
        match = _BRACKETED.match(view.low, start - 1) if start and 2 < end - start < 6 else None
        if match and 10 <= sum(map(str.isdigit, match.group())) <= 11:
            yield Finding(*match.span(), "PHONE", 0.88, "phone_english", _FORM)


RECOGNISER = Recogniser(
    id="phone_english",
    labels=("PHONE",),
    source="Ofcom, National Telephone Numbering Plan ; North American Numbering Plan",
    search=_search,
    accepted=(
        "Call me on ⟦020 7946 0958⟧.",
        "Phone: ⟦07700 900123⟧",
        "⟦07700 900 456⟧",
        "Tel. ⟦0161 496 0123⟧",
        "tel: ⟦(020) 7946 0018⟧",
        "Mobile ⟦07700900123⟧",
        "call ⟦555-234-4567⟧ before noon",
        "Jane Doe, ⟦415-555-2671⟧",
    ),
    refused=(
        "07700900123",
        "EAN 07700 900123",
        "ref. 415-555-2671",
        "order 01234 567890",
        "part 415-555-2671",
        "415-155-2671",
        "415-555-26714",
        "415 555 2671",
        "04700 900123",
        "(012) 345 67",
    ),
    needs_digit=True,
)
