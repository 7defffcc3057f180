"""A religious belief or practice tied to a person.

Source: RGPD article 9(1), religious or philosophical beliefs.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Conviction ou pratique religieuse rattachée à une personne."
_TERMS = (
    r"musulmane?s?|catholiques?|chretien(?:ne)?s?|protestante?s?|orthodoxe pratiquante?|juive?s?|"
    r"israelites?|bouddhistes?|hindoue?s?|evangeliques?|temoins? de jehovah|adventistes?|mormone?s?|"
    r"athees?|pratiquante?s?|(?:fait|font|faire|observe|respecte|pour) le ramadan|ramadan|shabbat|sabbat|"
    r"careme|(?:mange(?:nt)?|viande|repas|menu) (?:halal|casher|kascher)|(?:mange(?:nt)?|"
    r"repas) sans porc|ne mange(?:nt)? pas de porc|porte(?:r)? le voile|voilee|(?:tapis|salle|lieu|pause|"
    r"horaire)s? de prieres?|va a la (?:mosquee|messe|synagogue)|a la mosquee|baptemes?|bapti(?:se|see)|"
    r"communion|converti(?:e)? a l'islam|priere|imam|rabbin|aid"
)

RECOGNISER = Recogniser(
    id="religion",
    labels=("RELIGION",),
    source="RGPD, article 9, paragraphe 1",
    search=facts("RELIGION", "religion", _REASON, _TERMS, whole=False),
    accepted=(
        "Mme Perrin est ⟦catholique⟧ et Paul aussi.",
        "Nassim ⟦fait le ramadan⟧ ce mois-ci",
    ),
    refused=(
        "Explique les règles sur le voile en entreprise.",
        "Quelle est la date du ramadan ?",
    ),
)
