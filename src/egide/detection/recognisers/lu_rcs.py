"""Luxembourg's trade register (RCS): a letter for the kind of firm and up to six digits, "B 123456".

There is no check digit: the register and the country must be said.
Source: loi modifiée du 19 décembre 2002 concernant le registre de commerce et des sociétés; règlement
grand-ducal du 23 janvier 2003, article 4 (sections A to K).
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

_KIND: Final = Kind("lu_rcs", "SIREN", "Numéro RCS luxembourgeois")
_ANCHORS: Final = ("rcs", "r.c.s", "registre de commerce", "handelsregister", "trade and companies register")
# Six digits at most: "RCS Lille B 764 496 253" is French.
_FORM = re.compile(r"[^\n;]{0,60}?[^a-z0-9]([a-k][ -]?[0-9]{1,3}[ .]?[0-9]{3})(?![ .]?[0-9a-z])")


def _search(view: View) -> Iterator[Finding]:
    for anchor in _ANCHORS:
        for at in view.occurrences(anchor) if anchor in view.low else ():
            match = _FORM.match(view.low, at + len(anchor))
            if match and view.text[match.start(1)].isupper():
                yield _KIND.told(*match.span(1))


RECOGNISER = Recogniser(
    id="lu_rcs",
    labels=("SIREN",),
    source="Luxembourg : loi du 19 décembre 2002 concernant le registre de commerce et des sociétés",
    search=_search,
    accepted=(
        "RCS Luxembourg ⟦B 123456⟧",
        "R.C.S. Luxembourg : ⟦B123.456⟧",
        "inscrite au registre de commerce et des sociétés de Luxembourg sous le numéro ⟦B 67 821⟧",
        "RCS ⟦B82567⟧ (Luxembourg)",
    ),
    refused=(
        "RCS Lille B 764 496 253, filiale à Luxembourg",
        "RCS B 123456",
        "un bureau à Luxembourg, salle B 1234",
        "RCS Luxembourg B 1234567",
    ),
    words=words("luxembourg luxemburg luxembourgeois luxembourgeoise"),
    needs_digit=True,
)
