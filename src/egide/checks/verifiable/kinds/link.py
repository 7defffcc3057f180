"""Links and web addresses, with where they really lead.

Source: CommonMark 0.31, "Links"; GitHub Flavored Markdown, "Autolinks (extension)".
"""

from __future__ import annotations

import re
from typing import Final

from egide.checks.verifiable.item import Kind

_URL: Final = r"(?:https?://|www\.)[^\s<>\"'«»\[\]{}|\\^`]{2,2000}"
_MARKDOWN: Final = re.compile(r"\]\(\s*<?([^)\s>]+)")
_END: Final = ".,;:!?)…"


def _target(text: str) -> str:
    found = _MARKDOWN.search(text)
    return found[1] if found else text.rstrip(_END)


KIND = Kind(
    id="link",
    french="lien",
    why="Un modèle invente parfois des adresses : regardez où elle mène avant de l'ouvrir.",
    source="CommonMark 0.31 ; GitHub Flavored Markdown",
    pattern=re.compile(
        rf"(?P<it>!?\[[^\[\]\n]{{1,200}}\]\(\s?<?[^)\s>]{{2,2000}}>?\)|{_URL}(?<![.,;:!?)…]))"
    ),
    anchors=("http", "www.", "]("),
    rank=0,
    target=_target,
    accepted=(
        "Voir ⟦https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070721⟧.",
        "Lisez ⟦[le guide](https://ailleurs.example/x)⟧ avant.",
        "(⟦www.service-public.fr⟧)",
    ),
    refused=("Le protocole http est ancien.", "une liste [a] puis (b)", "et/ou"),
)
