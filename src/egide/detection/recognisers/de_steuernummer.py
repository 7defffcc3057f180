"""German tax office number (Steuernummer), by its name: "93/815/08152", "181/815/0815 5", 13 digits.

Each Land groups it in its own way and has its own check digit: only the word tells it.
Source: Bundesministerium der Finanzen, "Aufbau der Steuernummer"; Umsatzsteuergesetz, § 14 (4) 2.
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

_KIND: Final = Kind("de_steuernummer", "TAX_NUMBER", "Numéro fiscal allemand (Steuernummer)")
_NUMBER: Final = r"([0-9]{2,3}[ /][0-9]{3,4}[ /][0-9]{4} ?[0-9]?|[0-9]{10,13})(?![0-9a-z])"
_FORM = re.compile(rf"(?:[ .:#=-]|lautet|ist|n[r°]|beim|finanzamt [a-z]+|\n){{0,12}}{_NUMBER}")
_CUES: Final = words("steuernummer steuernr stnr")


def _ends(view: View) -> Iterator[int]:
    """Ends of the words that announce the number: "Steuernummer", "St.-Nr.", "Steuer-Nr."."""
    for cue in _CUES & view.vocabulary:
        for _, end in view.places(cue):
            yield end
    for start, end in view.places("nr"):
        if view.low[:start].endswith(("st.-", "st-", "st.", "st. ", "steuer-", "steuer ")):
            yield end


def _search(view: View) -> Iterator[Finding]:
    for end in _ends(view):
        match = _FORM.match(view.low, end)
        if match:
            yield _KIND.told(*match.span(1))


RECOGNISER = Recogniser(
    id="de_steuernummer",
    labels=("TAX_NUMBER",),
    source="Allemagne : Bundesministerium der Finanzen, Aufbau der Steuernummer ; UStG, § 14",
    search=_search,
    accepted=(
        "Steuernummer ⟦93/815/08152⟧",
        "St.-Nr.: ⟦21/815/08150⟧",
        "Steuer-Nr. ⟦181/815/0815 5⟧",
        "Steuernummer: ⟦2893081508152⟧",
    ),
    refused=("93/815/08152", "Rechnung Nr. 93/815/08152", "Steuernummer fehlt noch, 2 Seiten"),
    words=_CUES | {"nr"},
    needs_digit=True,
)
