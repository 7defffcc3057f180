"""The answers that a declaration offers, in the words of everyday: kinds of data, people concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

NOTHING: Final = "none"
NOBODY: Final = "nobody"

DATA: Final[dict[str, str]] = {
    NOTHING: "Rien de ce qui suit",
    "identity": "Noms de personnes ou d'entreprises",
    "contact": "Adresses, téléphones, courriels",
    "official_id": "Numéros officiels (sécurité sociale, SIREN, permis…)",
    "banking": "Coordonnées bancaires",
    "financial": "Montants, salaires, prix",
    "contractual": "Contrats, dossiers, références de clients",
    "health": "Santé",
    "special_category": "Religion, opinions, syndicat, origine, vie intime",
    "criminal": "Condamnations, infractions",
    "credential": "Mots de passe, clés",
    "technical": "Informations techniques (adresses de machines, identifiants)",
    "confidential": "Secrets de l'entreprise",
}
"""Each data class of the policy, as a person who does not know the policy says it."""

CONCERNED: Final[dict[str, str]] = {
    NOBODY: "Personne en particulier",
    "staff": "Collègues",
    "clients": "Clients",
    "suppliers": "Fournisseurs, partenaires",
    "candidates": "Candidats à un emploi",
    "patients": "Patients, personnes suivies",
    "vulnerable": "Enfants ou personnes fragiles",
    "public": "Grand public",
}


def told(ids: Iterable[str], words: Mapping[str, str]) -> str:
    """These answers in words; one that is no longer offered as it is."""
    return ", ".join(words.get(one, one) for one in ids)
