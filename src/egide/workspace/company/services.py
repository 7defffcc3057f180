"""Reads and names the company."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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


FIELDS: Final[dict[str, str | Promise]] = {
    "name": _("Nom de l'entreprise"),
    "siren": "SIREN",
    "staff": _("Effectif"),
    "naf": _("Code NAF"),
    "region": _("Région"),
    "profession": _("Métier"),
    "representatives": _("Représentants du personnel"),
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
    """What the company has not said of what the rest is made from, in words."""
    found = current()
    asked = {
        gettext("son nom"): found.name,
        gettext("son effectif"): found.staff is not None,
        gettext("son code NAF"): found.naf,
        gettext("sa région"): found.region,
        gettext("ses représentants du personnel"): found.representatives is not None,
    }
    return tuple(name for name, told in asked.items() if not told)
