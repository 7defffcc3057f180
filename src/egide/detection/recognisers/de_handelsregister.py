"""German trade register (Handelsregister), by its section: "HRB 12345 B", "HRA 1234".

There is no check digit; a letter tells which old court a number comes from (Berlin, Kiel).
Source: Handelsgesetzbuch, § 8; Handelsregisterverordnung, §§ 3 and 4.
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

_KIND: Final = Kind("de_handelsregister", "SIREN", "Numéro du registre du commerce allemand")
_WORDS = words("hrb hra")
_FORM = re.compile(
    r"(?:[ .:-]|nr|nummer|no){0,5}([0-9]{2,6})(?![0-9])(?: (?:b|fl|ki|pi|hl|p|db|kl)(?![a-z0-9]))?"
)


def _search(view: View) -> Iterator[Finding]:
    for word in _WORDS & view.vocabulary:
        for start, end in view.places(word):
            match = _FORM.match(view.low, end)
            if match:
                stop = match.end() if view.text[match.end() - 1].isupper() else match.end(1)
                yield _KIND.told(start, stop)


RECOGNISER = Recogniser(
    id="de_handelsregister",
    labels=("SIREN",),
    source="Allemagne : Handelsgesetzbuch, § 8 ; Handelsregisterverordnung",
    search=_search,
    accepted=(
        "Amtsgericht Charlottenburg, ⟦HRB 12345 B⟧",
        "⟦HRA 98765⟧",
        "Handelsregister: ⟦HRB Nr. 4411⟧",
        "⟦HRB 4411⟧ b. München",
    ),
    refused=("dureté 95 HRB", "HRC 45", "le HRB du site"),
    words=_WORDS,
    needs_digit=True,
)
