"""Other figures that an answer states: with a unit, a thing that is counted, or large."""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_NUMBER: Final = r"\d{1,3}(?:[ .']\d{3})+(?:,\d{1,3})?|\d{1,9}(?:[.,]\d{1,4})?"
_THING: Final = (
    r"(?:habitants?|salaries?|personnes?|entreprises?|clients?|employes?|utilisateurs?|foyers?|menages?|emplois?|logements?|etudiants?|eleves?"
    r"|patients?|victimes?|morts?|cas\b|tonnes?|kg\b|grammes?|km2?\b|kilometres?|metres?|m2\b|m²|m3\b|hectares?|ha\b|litres?|kwh?\b|mwh?\b|gwh?\b"
    r"|watts?|degres?|°c|co2|exemplaires?|voix|sieges?|brevets?|fois\b|heures? par|jours? ouvr|ans\b"
    r"|annees?\b|mois\b|jours?\b)"
)

KIND = Kind(
    id="figure",
    french="chiffre",
    why="Demandez d'où vient ce chiffre : un modèle en invente de plausibles.",
    source="Guide du Système international d'unités (BIPM)",
    pattern=re.compile(
        rf"(?<![\w,./-])(?P<it>(?:{_NUMBER})(?: (?:millions?|milliards?|milliers?)(?: d(?:e "
        rf"|'))?)? ?{_THING}|\d{{1,3}}(?:[ .]\d{{3}}){{1,4}}(?![\d])"
        r"|\d{1,3}(?:,\d{1,2})? (?:millions?|milliards?)(?: d(?:e |')[a-z]{3,20})?)"
    ),
    needs_digit=True,
    rank=6,
    accepted=(
        "La ville a ⟦52 300 habitants⟧.",
        "⟦12 millions de foyers⟧ concernés",
        "un délai de ⟦30 jours⟧",
        "⟦8 tonnes⟧",
    ),
    refused=("Étape 3 : mélangez.", "le chapitre 12", "version 2.4.1"),
)
