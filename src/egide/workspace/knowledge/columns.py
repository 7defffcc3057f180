"""What each column of a list holds: guessed from its title or its content, then told by the pilot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from egide.detection.knowledge.phrases import Phrase, of_full_name, of_person, of_term
from egide.detection.view import fold

SAMPLE: Final = 200
"""How many rows ``guess`` looks at."""


class Role(StrEnum):
    """What a column is for."""

    IGNORED = ""
    NAME = "name"
    GIVEN = "given"
    SURNAME = "surname"


_GIVEN_TITLES: Final = frozenset({"prenom", "prenoms", "first name", "firstname"})
_SURNAME_TITLES: Final = frozenset(
    {"nom", "nom de famille", "nom d'usage", "nom de naissance", "last name", "lastname"}
)
_NAME_TITLES: Final = frozenset(
    {
        "raison sociale", "client", "clients", "societe", "entreprise", "denomination", "nom commercial",
        "nom", "enseigne", "fournisseur", "fournisseurs", "projet", "projets", "produit", "produits",
        "designation", "libelle", "nom complet", "intitule", "collaborateur", "salarie", "nom du client",
        "nom du projet", "nom du produit", "nom et prenom", "nom prenom", "tiers", "compte", "marque", "name",
    }
)  # fmt: skip
_TITLES: Final = _GIVEN_TITLES | _SURNAME_TITLES | _NAME_TITLES


@dataclass(frozen=True, slots=True)
class Layout:
    """``header``: the first row holds titles; ``roles``: of each column."""

    header: bool
    roles: tuple[Role, ...]


def guess(rows: Sequence[Sequence[str]]) -> Layout:
    """The likely layout: by titles when there are some, else the first column of words."""
    titles = [fold(cell).strip(" :*") for cell in rows[0]] if rows else []
    header = any(title in _TITLES for title in titles)
    width = max(map(len, rows[:SAMPLE]), default=0)
    titles += [""] * (width - len(titles))
    if header:
        split = any(title in _GIVEN_TITLES for title in titles)
        return Layout(True, tuple(_role(title, split) for title in titles))
    best = max(range(width), key=lambda column: _wordy(rows, column), default=0)
    return Layout(False, tuple(Role.NAME if column == best else Role.IGNORED for column in range(width)))


def _role(title: str, split: bool) -> Role:
    if split and title in _GIVEN_TITLES:
        return Role.GIVEN
    if split and title in _SURNAME_TITLES:
        return Role.SURNAME
    return Role.NAME if title in _NAME_TITLES else Role.IGNORED


def _wordy(rows: Sequence[Sequence[str]], column: int) -> int:
    """How many distinct cells of a column hold letters and no "@"."""
    cells = {row[column] for row in rows[:SAMPLE] if column < len(row)}
    return sum(any(map(str.isalpha, cell)) and "@" not in cell for cell in cells)


def phrases(row: Sequence[str], roles: Sequence[Role], kind: str) -> Iterator[Phrase]:
    """How what a row names may be written; nothing when it names nothing."""
    cells = list(zip(roles, row, strict=False))
    for role, cell in cells:
        if role is Role.NAME:
            yield from of_full_name(cell) if kind == "staff" else of_term(cell)
    given, surname = (
        " ".join(cell for role, cell in cells if role is one) for one in (Role.GIVEN, Role.SURNAME)
    )
    if surname:
        both = of_person(given, surname)
        # A surname alone is sought for the staff only: among thousands of clients it could be anybody's.
        yield from both if kind == "staff" else (both[1:] or of_term(surname))
