"""A religious belief or practice tied to a person.

Source: RGPD article 9(1), religious or philosophical beliefs.
"""

from __future__ import annotations

import re

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Conviction ou pratique religieuse rattachée à une personne."
_PATTERN = re.compile(
    r"\b(?:"
    r"musulmane?s?|catholiques?|chretien(?:ne)?s?|protestante?s?|orthodoxe pratiquante?|juive?s?|"
    r"israelites?|bouddhistes?|hindoue?s?|evangeliques?|temoins? de jehovah|adventistes?|mormone?s?|"
    r"athees?|pratiquante?s?|(?:fait|font|faire|observe|respecte|pour) le ramadan|ramadan|shabbat|sabbat|"
    r"careme|(?:mange(?:nt)?|viande|repas|menu) (?:halal|casher|kascher)|(?:mange(?:nt)?|"
    r"repas) sans porc|ne mange(?:nt)? pas de porc|porte(?:r)? le voile|voilee|(?:tapis|salle|lieu|pause|"
    r"horaire)s? de prieres?|va a la (?:mosquee|messe|synagogue)|a la mosquee|baptemes?|bapti(?:se|see)|"
    r"communion|converti(?:e)? a l'islam|priere|imam|rabbin|aid"
    r")\b"
)

RECOGNISER = Recogniser(
    id="religion",
    labels=("RELIGION",),
    source="RGPD, article 9, paragraphe 1",
    search=facts("RELIGION", "religion", _REASON, _PATTERN, whole=False),
    accepted=(
        "Mme Perrin est ⟦catholique⟧ et Paul aussi.",
        "Nassim ⟦fait le ramadan⟧ ce mois-ci",
    ),
    refused=(
        "Explique les règles sur le voile en entreprise.",
        "Quelle est la date du ramadan ?",
    ),
    anchors=(
        "musulman",
        "catholi",
        "chreti",
        "protest",
        "orthod",
        "juif",
        "juive",
        "israel",
        "boudd",
        "hindou",
        "evang",
        "jehova",
        "advent",
        "mormon",
        "athee",
        "pratiqu",
        "ramadan",
        "shabbat",
        "sabbat",
        "careme",
        "halal",
        "casher",
        "kascher",
        "porc",
        "voile",
        "prier",
        "messe",
        "mosqu",
        "synag",
        "bapt",
        "commun",
        "islam",
        "imam",
        "rabbin",
        "aid",
    ),
)
