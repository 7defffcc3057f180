"""Decisions of courts: Cour de cassation, Conseil d'État, cours d'appel, CJUE, CEDH, Conseil constitutionnel.

Source: usages of Légifrance and of the Cour de cassation (numbers of appeals); ECLI, Council conclusions
2011/C 127/01.
"""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_MONTH: Final = (
    r"(?:janvier|janv\.|fevrier|fevr\.|mars|avril|avr\.|mai|juin|juillet|juill\.|aout|septembre|sept\.|octobre|oct\."
    r"|novembre|nov\.|decembre|dec\.)"
)
_DATE: Final = rf"(?:\d{{1,2}}(?:er)? {_MONTH} \d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})"
_NUMBER: Final = r"n ?[°o]s? ?\d{1,6}(?:[-./]\d{1,6}(?:\.\d{1,5})?)?"
_COURT: Final = (
    r"(?:cass\.?(?: ?(?:civ|soc|com|crim|ass\. ?plen|ch\. ?mixte|1re civ|2e civ|3e civ)\.?)?"
    r"|cour de cassation"
    r"|conseil d'etat|ce|cour d'appel(?: de [a-z-]{2,20})?|ca [a-z-]{2,20}|caa (?:de )?[a-z-]{2,20}|cjue"
    r"|cjce|cedh|cons\. ?const\."
    r"|conseil constitutionnel|tribunal (?:judiciaire|administratif|de commerce)(?: de [a-z-]{2,20})?"
    r"|ta (?:de )?[a-z-]{2,20})"
)

KIND = Kind(
    id="case_law",
    french="décision de justice",
    why="Un modèle invente parfois des décisions : cherchez-la sur Légifrance ou le site de la juridiction.",
    source="Légifrance ; Cour de cassation ; ECLI (2011/C 127/01)",
    pattern=re.compile(
        rf"\b(?P<it>(?:arret |decision |jugement )?(?:de la "
        rf"|du )?{_COURT}[ ,.]{{0,3}}[^\n;:()]{{0,60}}?{_DATE}(?:,? ?{_NUMBER})?"
        rf"|{_COURT},? {_NUMBER}"
        r"|(?:aff\.|affaires?|arret) ?[ct]-\d{1,4}/\d{2,4}|\b[ct]-\d{1,4}/\d{2}\b"
        r"|pourvoi,? n ?[°o] ?\d{2}-\d{2}\.\d{3}"
        r"|\becli:[a-z]{2}:[a-z0-9]{1,7}:\d{4}:[a-z0-9.]{1,25}"
        r"|arret [a-z'-]{3,25}(?: [a-z'-]{2,20})?,? (?:ce|cjue|cass\.|du \d{1,2} ?[a-z]{3,9} \d{4}))"
    ),
    anchors=(
        "cass",
        "cour d",
        "conseil",
        "cjue",
        "cjce",
        "cedh",
        "ce,",
        "ce ",
        "ca ",
        "caa",
        "tribunal",
        "aff",
        "pourvoi",
        "ecli",
        "c-",
        "t-",
        "arret",
        "ta ",
    ),
    needs_digit=True,
    rank=1,
    accepted=(
        "⟦Cass. soc., 12 mars 2019, n° 17-31.624⟧ dit cela.",
        "Voir ⟦CE, 4 mai 2011, n° 322337⟧.",
        "⟦ECLI:FR:CCASS:2019:SO00123⟧",
        "⟦pourvoi n° 18-23.456⟧",
        "⟦arrêt de la Cour de cassation du 5 avril 2019⟧",
    ),
    refused=(
        "Le conseil d'administration du 12 mars 2019.",
        "Il a cassé 3 assiettes.",
        "Ce 12 mars, nous partons.",
        "La réunion du conseil municipal.",
    ),
)
