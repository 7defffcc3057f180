"""Health professionals: RPPS (eleven digits, Luhn key) and ADELI (nine characters), by context.

An RPPS with a right key is also taken beside a word for a health professional.
Source: arrêté du 6 février 2009 (RPPS); Agence du numérique en santé, annuaire santé; décret n° 98-1001.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._digits import of
from egide.detection.recognisers._luhn import luhn
from egide.detection.recognisers._said import before, said, words
from egide.detection.view import View

_CUE = re.compile(r"\brpps|identifiant (?:national )?(?:du )?p\.?s\b|\bidnps\b|\bpraticien")
_TRADE = re.compile(
    r"\bdr\b|docteur|medecin|infirmi|pharmacien|sage-femme|kinesi|dentiste|prescripteur|chirurgien|"
    r"ordonnance|psychologue"
)
_ADELI = re.compile(r"\badeli\b|\bam\b ?:|n° assurance maladie|\bn° am\b")


def _search(view: View) -> Iterator[Finding]:
    for number in of(view, 11):
        context = before(view, number.start, 60)
        right = luhn(number.digits) and number.digits[0] in "18"
        if _CUE.search(context):
            reason = "Numéro RPPS : clé exacte." if right else "Numéro RPPS d'après le contexte."
            yield Finding(number.start, number.end, "RPPS", 0.95, "rpps", reason)
        elif right and number.digits.startswith("10") and _TRADE.search(context):
            yield Finding(
                number.start,
                number.end,
                "RPPS",
                0.85,
                "rpps",
                "Numéro RPPS : clé exacte, près d'un soignant.",
            )
    for number in of(view, 9) if "adeli" in view.vocabulary or "am" in view.vocabulary else ():
        if said(view, number.start, _ADELI, 60):
            yield Finding(number.start, number.end, "RPPS", 0.9, "rpps", "Numéro ADELI d'après le contexte.")


RECOGNISER = Recogniser(
    id="rpps",
    labels=("RPPS",),
    source="Arrêté du 6 février 2009 ; Agence du numérique en santé",
    search=_search,
    accepted=(
        "RPPS ⟦10003456786⟧",
        "RPPS : ⟦1000 3456 789⟧",
        "Dr Petit, médecin généraliste, ⟦10003456786⟧",
        "n° ADELI ⟦75 1 23456 7⟧",
        "ADELI ⟦751234567⟧",
    ),
    refused=("10003456780", "commande 10003456786 du matin", "le docteur arrive à 10 h"),
    words=words(
        "rpps adeli dr docteur medecin infirmier infirmiere pharmacien pharmacienne dentiste "
        "prescripteur praticien idnps am ps chirurgien ordonnance psychologue femme"
    ),
    needs_digit=True,
)
