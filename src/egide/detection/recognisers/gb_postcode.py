"""British postcodes: "SW1A 1AA", "M14 5RQ": a few letters and digits name one street, or one firm.

The area is one of the 124 of the Royal Mail; C, I, K, M, O, V never stand behind the last digit. An area
of one letter ("M1 1AE") needs a text that is English or speaks of the country.
Source: Royal Mail, Programmers' Guide to the Postcode Address File; BS 7666-0:2006, annex C.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import words
from egide.detection.view import View

_AREAS: Final = (
    "ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec "
    "eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m "
    "me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw "
    "sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze"
)
_LAST: Final = frozenset("abdefghjlnpqrstuwxyz")
_FORM = re.compile(
    rf"(?<![a-z0-9])({'|'.join(sorted(_AREAS.split(), key=len, reverse=True))})[0-9][0-9a-z]? ?[0-9]"
    r"[abd-hjlnp-uw-z]{2}(?![a-z0-9])"
)
_BRITISH = words("the uk england scotland wales britain british london londres road street dear")
_SIGN = re.compile(r"[ :=]{0,3}(?:is )?")
_REASON: Final = "Code postal britannique."


def _named(view: View) -> Iterator[tuple[int, int]]:
    """Behind its name, in small letters too, and in one part."""
    for _, end in view.places("postcode"):
        sign = _SIGN.match(view.low, end)
        match = _FORM.match(view.low, sign.end()) if sign else None
        if match:
            yield match.span()


def _written(view: View) -> Iterator[tuple[int, int]]:
    """In capitals and in two parts; an area of one letter only in a British text."""
    low, text = view.low, view.text
    for start in [start for start, end in view.runs.by_size.get(1, ()) if low[end : end + 1] in _LAST]:
        if low[start - 1 : start] != " " or not text[start + 1 : start + 3].isupper():
            continue
        first = low.rfind(" ", max(0, start - 6), start - 1) + 1 or max(0, start - 5)
        match = _FORM.search(low, first, start + 4)
        known = match and (len(match[1]) > 1 or not _BRITISH.isdisjoint(view.vocabulary))
        if match and known and text[match.start() : match.end()].isupper():
            yield match.span()


def _search(view: View) -> Iterator[Finding]:
    for start, end in (*_named(view), *_written(view)):
        yield Finding(start, end, "ADDRESS", 0.85, "gb_postcode", _REASON)


RECOGNISER = Recogniser(
    id="gb_postcode",
    labels=("ADDRESS",),
    source="Royal Mail, Postcode Address File ; BS 7666-0:2006",
    search=_search,
    accepted=(
        "livraison à Londres, ⟦SW1A 1AA⟧",
        "Oxford ⟦OX1 4AB⟧",
        "The office is in ⟦M1 1AE⟧.",
        "postcode: ⟦ec1a 1bb⟧",
        "Postcode ⟦NW16XE⟧",
    ),
    refused=(
        "M8 4XL en stock",
        "référence SW1A1AA",
        "QX1 4AB",
        "prévoir des 10 h 30 et 3DE",
        "OX1 4CO",
    ),
    needs_digit=True,
)
