"""Where in Égide a remedy is carried out: from what the reference file names to the name of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Page:
    """An address by name, and what its link says."""

    view: str
    label: str | Promise


PAGES: Final[Mapping[str, Page]] = {
    "registre des usages": Page("usages:list", _("Déclarer les usages")),
    "registre des systèmes d'IA": Page("usages:list", _("Tenir la liste des usages")),
    "fiche fournisseur": Page("providers:list", _("Voir les fournisseurs d'IA")),
    "tableau de bord": Page("limits:list", _("Suivre la consommation et la dépense")),
    "classes de données": Page("policies:policy", _("Voir la politique")),
    "passerelle": Page("policies:policy", _("Voir ce qui est masqué ou bloqué")),
    "comptes": Page("people:list", _("Inviter les personnes")),
    "mode dégradé": Page("providers:replacements", _("Prévoir des services de secours")),
    "hygiène": Page("hygiene:campaigns", _("Lancer une campagne de bonnes pratiques")),
    "charte": Page("charter:draft", _("Préparer la charte")),
    "formation": Page("training:follow", _("Suivre la formation")),
    "bibliothèque de prompts": Page("prompts:list", _("Ouvrir les demandes types")),
    "aides de l'État": Page("programmes:list", _("Chercher une aide")),
    "paramètres de l'entreprise": Page("company:profile", _("Dire qui est l'entreprise")),
    "journal": Page("journal:list", _("Ouvrir le journal")),
}


def page_of(feature: str | None) -> Page | None:
    """The page that does it, if this installation has one."""
    return PAGES.get(feature or "")
