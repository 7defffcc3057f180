"""Amounts of money."""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_NUMBER: Final = r"\d{1,3}(?:[ .']\d{3})+(?:,\d{1,2})?|\d{1,12}(?:[.,]\d{1,3})?"
_SCALE: Final = r"(?: ?(?:k|m|md|mds|milliers?|millions?|milliards?)(?: d(?:e |'))?)?"
_MONEY: Final = r"(?:€|euros?\b|eur\b|\$|dollars?\b|usd\b|£|livres sterling|francs?\b|chf\b|centimes?\b)"

KIND = Kind(
    id="amount",
    french="montant",
    why="Vérifiez ce montant à sa source, ou refaites le calcul.",
    source="ISO 4217 ; Lexique de l'Imprimerie nationale",
    pattern=re.compile(
        rf"(?<![\w,.])(?P<it>(?:{_NUMBER}){_SCALE} ?{_MONEY}(?: (?:ht|ttc|bruts?|nets?)\b)?(?: ?(?:/"
        rf"|par) ?(?:an|mois|jour|heure|h)\b)?|[€$£] ?(?:{_NUMBER}))"
    ),
    anchors=("€", "euro", "eur", "$", "dollar", "usd", "£", "livre", "franc", "chf", "centime"),
    needs_digit=True,
    rank=3,
    accepted=(
        "Cela coûte ⟦1 234,50 €⟧.",
        "⟦3 millions d'euros⟧ de perte",
        "un salaire de ⟦2 500 € bruts par mois⟧",
        "⟦12 k€⟧",
        "⟦$ 40⟧",
    ),
    refused=("Il a 12 ans.", "3 kilomètres", "le chapitre 5 en euros"),
)
