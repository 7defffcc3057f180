"""Where in Égide a duty is carried out: from what the reference file names to the name of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Page:
    """An address by name, and what its link says. ``pilots``: others may not open it."""

    view: str
    label: str | Promise
    pilots: bool = True


PAGES: Final[Mapping[str, Page]] = {
    "workspace.formation": Page("training:follow", _("Voir les preuves de formation")),
    "policy.usages": Page("usages:list", _("Désactiver l'usage")),
    "workspace.registre": Page("usages:list", _("Tenir la liste des usages")),
    "audit.journal": Page("journal:list", _("Ouvrir le journal")),
}


def page_of(feature: str) -> Page | None:
    """The page that does it, if there is one."""
    return PAGES.get(feature)
