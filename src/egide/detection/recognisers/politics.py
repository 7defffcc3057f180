"""A political opinion tied to a person.

Source: RGPD article 9(1), political opinions.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Opinion politique rattachée à une personne."
_TERMS = (
    r"(?:(?:milite|militante?|adherente?|encartee?|elue?|candidate?|sympathisante?|colle|tracte|vote|"
    r"a vote|membre|conseiller municipal|tete de liste|carte)s?(?: (?:du|de|d'|des|au|aux|a|la|le|les|l'|"
    r"chez|pour|sur|liste|parti|municipales|affiches))* ?)(?:ps|rn|lr|lfi|pcf|eelv|ecologistes?|verts|"
    r"modem|renaissance|reconquete|npa|lo|front national|rassemblement national|parti socialiste|"
    r"les republicains|france insoumise|parti communiste|extreme droite|extreme gauche|gauche|droite|"
    r"insoumis|macron|le pen|melenchon)|militante? politique|opinions? politiques?|engagement politique|"
    r"ancien elu|(?:est|plutot|tres) (?:de|a) (?:gauche|droite|l'extreme droite|l'extreme gauche)|"
    r"royaliste|anarchiste|communiste|gaulliste"
)

RECOGNISER = Recogniser(
    id="politics",
    labels=("POLITICS",),
    source="RGPD, article 9, paragraphe 1",
    search=facts("POLITICS", "politics", _REASON, _TERMS, whole=False),
    accepted=(
        "Kévin est ⟦militant du PCF⟧",
        "mme perrin a dit qu'elle ⟦vote RN⟧",
    ),
    refused=(
        "Compare les programmes du PS et de LR.",
        "Que disent les Verts sur l'IA ?",
    ),
)
