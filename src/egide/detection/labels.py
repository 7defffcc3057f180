"""The labels that a finding may carry, each with its data class and the French words for people.

The names are a stable contract (files, journal, API). ``word`` is what a placeholder shows to the
model, so that it knows what kind of thing stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of value. ``data_class`` is what the policy decides on."""

    name: str
    data_class: str
    french: str
    word: str


DATA_CLASSES: Final[dict[str, str]] = {
    "identity": "identité",
    "contact": "coordonnées",
    "official_id": "identifiants officiels",
    "banking": "coordonnées bancaires",
    "financial": "données financières",
    "contractual": "données contractuelles",
    "health": "données de santé",
    "special_category": "données sensibles",
    "criminal": "condamnations et infractions",
    "credential": "mots de passe et clés",
    "technical": "données techniques",
    "confidential": "informations confidentielles",
}

_ROWS = """
PERSON identity PERSONNE nom de personne
ADDRESS contact ADRESSE adresse postale
LOCATION identity LIEU lieu
ORGANISATION identity ENTREPRISE nom d'organisation
EMAIL contact EMAIL adresse électronique
PHONE contact TELEPHONE numéro de téléphone
DATE_OF_BIRTH identity NAISSANCE date de naissance
NIR official_id NIR numéro de sécurité sociale
TAX_NUMBER official_id FISCAL numéro fiscal
PASSPORT official_id PASSEPORT numéro de passeport
ID_CARD official_id CNI numéro de carte d'identité
RESIDENCE_PERMIT official_id SEJOUR numéro de titre de séjour
DRIVING_LICENCE official_id PERMIS numéro de permis de conduire
PLATE official_id PLAQUE plaque d'immatriculation
RPPS official_id RPPS numéro RPPS ou ADELI
FINESS official_id FINESS numéro FINESS
INE official_id INE numéro national étudiant
SIREN official_id SIREN numéro SIREN
SIRET official_id SIRET numéro SIRET
TVA official_id TVA numéro de TVA intracommunautaire
RNA official_id RNA numéro d'association
IBAN banking IBAN coordonnées bancaires (IBAN ou RIB)
BIC banking BIC code BIC
CARD banking CARTE numéro de carte bancaire
AMOUNT financial MONTANT montant
CONTRACT_REF contractual CONTRAT référence de contrat, facture ou commande
CASE_REF contractual DOSSIER référence de dossier
CUSTOMER_REF contractual CLIENT référence de client
HEALTH health SANTE information de santé
RELIGION special_category RELIGION religion ou conviction
POLITICS special_category POLITIQUE opinion politique
UNION special_category SYNDICAT appartenance syndicale
ETHNICITY special_category ORIGINE origine
SEX_LIFE special_category VIEPRIVEE vie ou orientation sexuelle
BIOMETRIC special_category BIOMETRIE donnée biométrique ou génétique
CRIMINAL criminal PENAL condamnation ou infraction
SECRET credential SECRET mot de passe, clé ou code
IP technical IP adresse IP
MAC technical MAC adresse MAC
URL technical URL adresse web
USERNAME technical COMPTE nom de compte
GEO technical POSITION coordonnées géographiques
COMPANY_TERM confidential TERME terme propre à l'entreprise
CONFIDENTIAL_MARK confidential MENTION mention de confidentialité
CONFIDENTIAL_COPY confidential EXTRAIT extrait d'un document confidentiel
"""


def _rows() -> dict[str, Label]:
    labels = {}
    for row in _ROWS.strip().splitlines():
        name, data_class, word, french = row.split(" ", 3)
        labels[name] = Label(name, data_class, french, word)
    return labels


LABELS: Final[dict[str, Label]] = _rows()
