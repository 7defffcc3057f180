"""Percentages, rates and points."""

from __future__ import annotations

import re

from egide.checks.verifiable.item import Kind

KIND = Kind(
    id="percentage",
    french="pourcentage",
    why="Demandez d'où vient ce chiffre, ou refaites le calcul.",
    source="Lexique des règles typographiques en usage à l'Imprimerie nationale",
    pattern=re.compile(
        r"(?<![\w,.])(?P<it>[+-]?\d{1,3}(?:[ ]\d{3})*(?:[.,]\d{1,4})?(?: ?(?:a|et"
        r"|-) ?\d{1,3}(?:[.,]\d{1,3})?)? ?(?:%|‰|pour cent\b|pour mille\b"
        r"|points? de (?:pourcentage|base)\b|pourcents?\b))"
    ),
    anchors=("%", "‰", "pour cent", "pour mille", "points", "point de", "pourcent"),
    needs_digit=True,
    rank=3,
    accepted=(
        "Une hausse de ⟦12,5 %⟧.",
        "soit ⟦5 à 7 %⟧ du total",
        "⟦20 pour cent⟧",
        "⟦+3 points de pourcentage⟧",
    ),
    refused=("100 pages", "un taux fixe", "la rubrique 5"),
)
