"""Dates and years that an answer states."""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_MONTH: Final = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"

KIND = Kind(
    id="date",
    french="date",
    why="Vérifiez cette date : les modèles se trompent souvent d'année ou d'entrée en vigueur.",
    source="ISO 8601 ; usages français",
    pattern=re.compile(
        rf"(?<![\w/.-])(?P<it>\d{{1,2}}(?:er)? {_MONTH}(?: \d{{4}})?|{_MONTH} (?:19|20)\d{{2}}"
        rf"|\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)?\d{{2}}"
        r"|(?:19|20)\d{2}-\d{2}-\d{2}|(?<=\ben )(?:1[5-9]|20)\d{2}|(?<=\bdepuis )(?:1[5-9]|20)\d{2}"
        r"|(?<=\bdes )(?:1[5-9]|20)\d{2})(?![\w/-])"
    ),
    needs_digit=True,
    rank=4,
    accepted=(
        "Signé le ⟦14 juillet 1789⟧.",
        "depuis le ⟦1er janvier 2024⟧",
        "le ⟦03/02/2023⟧",
        "fondée en ⟦1998⟧",
        "⟦2024-05-01⟧",
    ),
    refused=("Le marché de 8 h.", "page 1998", "10/20 en maths"),
)
