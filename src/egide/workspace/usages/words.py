"""The answers that a declaration offers, in the words of everyday: kinds of data, people concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NOTHING: Final = "none"
NOBODY: Final = "nobody"

DATA: Final[dict[str, str | Promise]] = {
    NOTHING: _("Rien de ce qui suit"),
    "identity": _("Noms de personnes ou d'entreprises"),
    "contact": _("Adresses, téléphones, courriels"),
    "official_id": _("Numéros officiels (sécurité sociale, SIREN, permis…)"),
    "banking": _("Coordonnées bancaires"),
    "financial": _("Montants, salaires, prix"),
    "contractual": _("Contrats, dossiers, références de clients"),
    "health": _("Santé"),
    "special_category": _("Religion, opinions, syndicat, origine, vie intime"),
    "criminal": _("Condamnations, infractions"),
    "credential": _("Mots de passe, clés"),
    "technical": _("Informations techniques (adresses de machines, identifiants)"),
    "confidential": _("Secrets de l'entreprise"),
}
"""Each data class of the policy, as a person who does not know the policy says it."""

CONCERNED: Final[dict[str, str | Promise]] = {
    NOBODY: _("Personne en particulier"),
    "staff": _("Collègues"),
    "clients": _("Clients"),
    "suppliers": _("Fournisseurs, partenaires"),
    "candidates": _("Candidats à un emploi"),
    "patients": _("Patients, personnes suivies"),
    "vulnerable": _("Enfants ou personnes fragiles"),
    "public": _("Grand public"),
}


def told(ids: Iterable[str], words: Mapping[str, str | Promise]) -> str:
    """These answers in words; one that is no longer offered as it is."""
    return ", ".join(str(words.get(one, one)) for one in ids)
