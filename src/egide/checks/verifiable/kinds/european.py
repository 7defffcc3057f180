"""European texts: regulations, directives, articles of the GDPR and of the AI Act, CELEX numbers.

Source: EUR-Lex, "CELEX numbers"; Interinstitutional style guide, 3.1.
"""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_NUMBER: Final = (
    r"(?:n ?[°o] ?)?(?:\((?:ue|ce|cee|eu)(?:, euratom)?\) ?)?(?:n ?[°o] ?)?\d{2,4}/\d{1,4}(?:/(?:ue|ce|cee))?"
)
_ACT: Final = (
    r"(?:rgpd|gdpr|ai act|ia act|reglement ia|rgia|dsa|dma|nis ?2|dora"
    r"|reglement general sur la protection des donnees)"
)
_ARTICLE: Final = r"\d{1,3}(?: ?\(?\d{1,2}\)?)?(?:[,.]? ?(?:paragraphe|§|point|lettre) ?[a-z0-9]{1,2})?"

KIND = Kind(
    id="european",
    french="texte européen",
    why="Vérifiez le numéro et l'article sur EUR-Lex.",
    source="EUR-Lex, numéros CELEX ; Code de rédaction interinstitutionnel",
    pattern=re.compile(
        rf"\b(?P<it>(?:reglement|directive|decision)(?: d'execution| delegue| europeen(?:ne)?)? {_NUMBER}"
        rf"|art(?:icles?|\.) {_ARTICLE}(?:,? (?:et|a) \d{{1,3}})?,? (?:du |de l'|de la )?{_ACT}\b"
        rf"|{_ACT},? ?\(?art(?:icles?|\.) {_ARTICLE}"
        r"|(?:celex ?:? ?)?\b[1-9](?:19|20)\d{2}[a-z]{1,2}\d{4}\b|considerant \d{1,3}(?: du [a-z]{3,8})?"
        r"|lignes directrices (?:du cepd )?\d{1,2}/\d{4})"
    ),
    anchors=(
        "reglement",
        "directive",
        "decision",
        "rgpd",
        "gdpr",
        "act",
        "celex",
        "considerant",
        "lignes dir",
        "dsa",
        "dma",
        "nis",
        "dora",
        "3",
    ),
    needs_digit=True,
    rank=1,
    accepted=(
        "Le ⟦règlement (UE) 2016/679⟧ protège.",
        "⟦RGPD art. 6⟧",
        "l'⟦article 22 du RGPD⟧",
        "⟦directive 95/46/CE⟧",
        "⟦CELEX 32016R0679⟧",
        "⟦considérant 47 du RGPD⟧",
    ),
    refused=(
        "Le règlement intérieur de 2016.",
        "La directive du patron.",
        "RGPD : 6 mois de retard.",
        "réf. 12345A678",
    ),
)
