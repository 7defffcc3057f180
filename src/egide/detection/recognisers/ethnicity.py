"""Racial or ethnic origin tied to a person.

Source: RGPD article 9(1); Code pénal, article 226-19.
"""

from __future__ import annotations

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Origine rattachée à une personne."
_TERMS = (
    r"origine (?:[a-z]+(?:ienne?|aine?|aise?|oise?|ane?|que|onne|cque)|africaine|maghrebine|etrangere)|"
    r"issue? de l'immigration|arabe|maghrebine?|africaine?|asiatique|gitane?|tsigane|metisse?|"
    r"antillaise?|type (?:maghrebin|africain|asiatique|europeen)|typee? (?:maghrebin|africain|asiatique)e?|"
    r"gens du voyage|kabyle|berbere"
)

RECOGNISER = Recogniser(
    id="ethnicity",
    labels=("ETHNICITY",),
    source="RGPD, article 9, paragraphe 1 ; Code pénal, article 226-19",
    search=facts("ETHNICITY", "ethnicity", _REASON, _TERMS, whole=True),
    accepted=("Samir est d'⟦origine algérienne⟧",),
    refused=(
        "Un fromage d'origine italienne",
        "Les statistiques ethniques sont-elles légales ?",
    ),
)
