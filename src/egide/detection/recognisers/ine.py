"""INE, the national number of a pupil or student: eleven characters, by context.

Forms: nine digits and two letters (RNIE, since 2018), ten digits and a letter, or four digits, a letter,
five digits and a letter (older bases of schools and universities).
Source: arrêté du 16 janvier 2018 (RNIE); ministère de l'Éducation nationale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import said, words
from egide.detection.view import View

_CUE = re.compile(
    r"\bines?\b|\bbea\b|\bn°? ?(?:national )?(?:d')?(?:etudiant|eleve)|identifiant (?:national )?(?:de "
    r"l')?(?:d')?(?:eleve|etudiant)|parcoursup|\bine_"
)
_NUMBER = re.compile(
    # It begins with a set of characters: the search passes over the others at once.
    r"[0-9oil](?<![a-z0-9][0-9oil])(?:[0-9oil]{8} ?[a-z]{2}|[0-9oil]{9} ?[a-z]|"
    r"(?<=[0-9])[0-9]{3}(?: ?[a-z] ?[0-9]{5} ?[a-z]|[a-z]{3}[0-9]{3}[a-z0-9]))(?![a-z0-9])"
)


def _search(view: View) -> Iterator[Finding]:
    for match in _NUMBER.finditer(view.low):
        if said(view, match.start(), _CUE, 50):
            yield Finding(
                *match.span(), "INE", 0.92, "ine", "Numéro national étudiant (INE) d'après le contexte."
            )


RECOGNISER = Recogniser(
    id="ine",
    labels=("INE",),
    source="Arrêté du 16 janvier 2018 (RNIE)",
    search=_search,
    accepted=(
        "INE : ⟦123456789AB⟧",
        "numéro INE ⟦1234567890A⟧",
        "n° étudiant ⟦0899D01234F⟧",
        "ine ⟦123456789 ab⟧",
        "nom;ine\nPetit;⟦123456789AB⟧",
    ),
    refused=("123456789AB", "INE à fournir avant le 12/03", "INE 123456"),
    words=words("ine bea etudiant etudiante eleve parcoursup"),
    needs_digit=True,
)
