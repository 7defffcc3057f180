"""Racial or ethnic origin tied to a person.

Source: RGPD article 9(1); Code pénal, article 226-19.
"""

from __future__ import annotations

import re

from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._facts import facts

_REASON = "Origine rattachée à une personne."
_PATTERN = re.compile(
    r"\b(?:"
    r"(?:(?:d')?origine (?:[a-z]+(?:ienne?|aine?|aise?|oise?|ane?|que|onne|cque)|africaine|maghrebine|"
    r"etrangere)|issue? de l'immigration|(?:est|un|une|la|le|d'un|d'une) (?:noire?|arabe|maghrebin(?:e)?|"
    r"africain(?:e)?|asiatique|gitane?|rom|tsigane|metisse?|antillais(?:e)?)|typee? (?:maghrebin|"
    r"africain|asiatique)e?|gens du voyage|type (?:maghrebin|africain|europeen)|kabyle|berbere)"
    r")\b"
)

RECOGNISER = Recogniser(
    id="ethnicity",
    labels=("ETHNICITY",),
    source="RGPD, article 9, paragraphe 1 ; Code pénal, article 226-19",
    search=facts("ETHNICITY", "ethnicity", _REASON, _PATTERN, whole=False),
    accepted=("Samir est ⟦d'origine algérienne⟧",),
    refused=(
        "Un fromage d'origine italienne",
        "Les statistiques ethniques sont-elles légales ?",
    ),
    anchors=(
        "origine",
        "immigr",
        "noir",
        "arabe",
        "maghreb",
        "african",
        "africain",
        "asiatique",
        "gitan",
        "rom",
        "tsigane",
        "metis",
        "antillais",
        "typee",
        "type",
        "voyage",
        "kabyle",
        "berbere",
    ),
)
