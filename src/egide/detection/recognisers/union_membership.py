"""Trade-union membership or mandate tied to a person.

Source: RGPD article 9(1), trade-union membership; Code du travail, L. 2141-5.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Appartenance ou mandat syndical rattaché à une personne."
_TERMS = (
    r"(?:syndiquee?s?|adherente?s?|deleguee?s?|elue?s?|secretaire|tresoriere?|mandatee?s?|encartee?|"
    r"militante?s?|representante?s?|candidate?s?|carte|membre|cotise)(?: (?:syndical(?:e)?s?|de section|"
    r"titulaire|suppleant|central))?,? ?(?:(?:a|de|d'|du|au|chez|la|pour|par|l') ?)*(?:la )?(?:cgt|cfdt|"
    r"fo|cftc|unsa|sud|solidaires|cfe-cgc|cgc|fsu|snes|sud-solidaires|confederation paysanne)(?: au cse|"
    r" du cse)?|syndiquee?s?|(?:deleguee?|mandat|section|representante?) syndical(?:e)?s?|syndicaliste|"
    r"force ouvriere|cgt|cfdt|cftc|cfe-cgc|unsa"
)

RECOGNISER = Recogniser(
    id="union_membership",
    labels=("UNION",),
    source="RGPD, article 9, paragraphe 1 ; Code du travail, article L. 2141-5",
    search=facts("UNION", "union_membership", _REASON, _TERMS, whole=False),
    accepted=(
        "Josiane est ⟦déléguée CFDT⟧ depuis mars",
        "Brahim, ⟦secrétaire, CGT⟧",
    ),
    refused=(
        "Quel est le rôle d'un délégué syndical ?",
        "La CGT et la CFDT ont signé l'accord de branche.",
    ),
)
