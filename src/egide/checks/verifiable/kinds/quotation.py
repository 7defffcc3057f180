"""Quotations: words that the answer lends to somebody or to a text."""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

# On the folded text a French apostrophe is "'": only double signs open a quotation.
_INSIDE: Final = r"[^«»“”\"\n]{20,600}"

KIND = Kind(
    id="quotation",
    french="citation",
    why="Un modèle invente ou arrange parfois les citations : retrouvez le texte d'origine.",
    source="Lexique de l'Imprimerie nationale, guillemets",
    pattern=re.compile(
        rf"(?P<it>« ?{_INSIDE} ?»|“{_INSIDE}”|(?<![\w=\"])\"{_INSIDE}\"(?!\w)|^> [^\n]{{20,600}})",
        re.MULTILINE,
    ),
    anchors=("«", "“", '"', "> "),
    rank=5,
    accepted=(
        "Il a dit : ⟦« La République ne reconnaît aucun culte, ni salarié. »⟧",
        "Selon lui, ⟦“nous avons tout essayé pour sauver le site”⟧.",
        "⟦> Les hommes naissent et demeurent libres.⟧",
    ),
    refused=("Le mot « contrat » suffit.", "l'objet « Devis 12 »", "a > b"),
)
