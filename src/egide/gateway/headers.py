"""The headers of Égide's own, for the documentation: what a program may send, and what it is told."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple


class Header(NamedTuple):
    """One header, in one direction; ``says`` in French."""

    name: str
    direction: Literal["requête", "réponse"]
    says: str


HEADERS: Final = (
    Header("x-egide-conversation", "requête", "nom d'une conversation : les repères y sont les mêmes"),
    Header("x-egide-checks", "requête", "`wait` : la réponse est relue avant la fin"),
    Header(
        "x-egide-justification",
        "requête",
        "code à usage unique : laisse partir cette demande-là, dont la raison a été acceptée",
    ),
    Header("x-egide-exchange", "réponse", "nom de l'échange dans le journal"),
    Header("x-egide-checks", "réponse", "ce qui a été relevé, en types et en nombres"),
    Header(
        "x-egide-dropped",
        "réponse",
        "nombre de champs inconnus qui ne sont pas partis (`checks.fields: drop`)",
    ),
    Header("x-egide-limit", "réponse", "limite la plus proche de sa fin, à partir de 80 %"),
    Header("x-egide-provider", "réponse", "fournisseur qui a répondu, quand ce n'est pas celui demandé"),
    Header(
        "x-egide-justification-address",
        "réponse",
        "adresse où donner la raison d'un envoi refusé (EG-3020, EG-3021)",
    ),
)
