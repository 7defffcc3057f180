"""Reads and names the company."""

from __future__ import annotations

from typing import Final

from egide.workspace.company.models import Company


def current() -> Company:
    """The company, made with no name the first time."""
    return Company.objects.get_or_create(id=1)[0]


def rename(name: str, *, force: bool = False) -> None:
    """Give the company its name. An empty one changes nothing, unless ``force`` is set."""
    found = current()
    if name.strip() or force:
        found.name = name.strip()
        found.save()


FIELDS: Final[dict[str, str]] = {
    "name": "Nom de l'entreprise",
    "siren": "SIREN",
    "staff": "Effectif",
    "naf": "Code NAF",
    "region": "Région",
    "profession": "Métier",
    "representatives": "Représentants du personnel",
}
"""What the company may say of itself, in words."""


def forget() -> None:
    """It has said nothing of itself but its name."""
    found, blank = current(), Company()
    for name in FIELDS:
        if name != "name":
            setattr(found, name, getattr(blank, name))
    found.save()


def untold() -> tuple[str, ...]:
    """What the company has not said of what the rest is made from, in French."""
    found = current()
    asked = {
        "son nom": found.name,
        "son effectif": found.staff is not None,
        "son code NAF": found.naf,
        "sa région": found.region,
        "ses représentants du personnel": found.representatives is not None,
    }
    return tuple(name for name, told in asked.items() if not told)
