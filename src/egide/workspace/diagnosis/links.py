"""Where in Égide a remedy is carried out: from what the reference file names to the name of an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Page:
    """An address by name, and what its link says."""

    view: str
    label: str


PAGES: Final[Mapping[str, Page]] = {
    "registre des usages": Page("usages:list", "Déclarer les usages"),
    "registre des systèmes d'IA": Page("usages:list", "Tenir la liste des usages"),
    "fiche fournisseur": Page("providers:list", "Voir les fournisseurs d'IA"),
    "tableau de bord": Page("limits:list", "Suivre la consommation et la dépense"),
    "classes de données": Page("policies:policy", "Voir la politique"),
    "passerelle": Page("policies:policy", "Voir ce qui est masqué ou bloqué"),
    "comptes": Page("people:list", "Inviter les personnes"),
    "mode dégradé": Page("providers:replacements", "Prévoir des services de secours"),
    "hygiène": Page("hygiene:campaigns", "Lancer une campagne de bonnes pratiques"),
    "charte": Page("charter:draft", "Préparer la charte"),
    "formation": Page("training:follow", "Suivre la formation"),
    "bibliothèque de prompts": Page("prompts:list", "Ouvrir les demandes types"),
    "aides de l'État": Page("programmes:list", "Chercher une aide"),
    "paramètres de l'entreprise": Page("company:profile", "Dire qui est l'entreprise"),
    "journal": Page("journal:list", "Ouvrir le journal"),
}


def page_of(feature: str | None) -> Page | None:
    """The page that does it, if this installation has one."""
    return PAGES.get(feature or "")
