"""Words of the page: labels in singular and plural, actions, trust levels, and sentences of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from egide.policy import Action, Trust
from egide.policy.phrasing import TRUSTS
from egide.ports import Moved, Trouble

# Shorter than labels.LABELS: they follow a number, as in "3 noms et 1 IBAN".
_NOUNS: Final = """
PERSON nom|noms
ADDRESS adresse|adresses
LOCATION lieu|lieux
ORGANISATION organisation|organisations
EMAIL adresse e-mail|adresses e-mail
PHONE téléphone|téléphones
DATE_OF_BIRTH date de naissance|dates de naissance
NIR numéro de sécurité sociale|numéros de sécurité sociale
TAX_NUMBER numéro fiscal|numéros fiscaux
PASSPORT numéro de passeport|numéros de passeport
ID_CARD numéro de carte d'identité|numéros de carte d'identité
RESIDENCE_PERMIT numéro de titre de séjour|numéros de titre de séjour
DRIVING_LICENCE numéro de permis|numéros de permis
PLATE plaque|plaques
RPPS numéro RPPS|numéros RPPS
FINESS numéro FINESS|numéros FINESS
INE numéro étudiant|numéros étudiants
SIREN SIREN|SIREN
SIRET SIRET|SIRET
TVA numéro de TVA|numéros de TVA
RNA numéro d'association|numéros d'association
IBAN IBAN|IBAN
BIC BIC|BIC
CARD carte bancaire|cartes bancaires
AMOUNT montant|montants
CONTRACT_REF référence|références
CASE_REF référence de dossier|références de dossier
CUSTOMER_REF référence client|références client
HEALTH information de santé|informations de santé
RELIGION conviction religieuse|convictions religieuses
POLITICS opinion politique|opinions politiques
UNION appartenance syndicale|appartenances syndicales
ETHNICITY origine|origines
SEX_LIFE détail de vie intime|détails de vie intime
BIOMETRIC donnée biométrique|données biométriques
CRIMINAL condamnation|condamnations
SECRET mot de passe ou clé|mots de passe ou clés
IP adresse IP|adresses IP
MAC adresse MAC|adresses MAC
URL adresse web|adresses web
USERNAME nom de compte|noms de compte
GEO position|positions
COMPANY_TERM terme de l'entreprise|termes de l'entreprise
CONFIDENTIAL_MARK mention confidentielle|mentions confidentielles
CONFIDENTIAL_COPY extrait confidentiel|extraits confidentiels
"""


def _nouns() -> dict[str, tuple[str, str]]:
    nouns = {}
    for row in _NOUNS.strip().splitlines():
        label, forms = row.split(" ", 1)
        one, many = forms.split("|")
        nouns[label] = (one, many)
    return nouns


NOUNS: Final[Mapping[str, tuple[str, str]]] = _nouns()

ACTIONS: Final[Mapping[Action, str]] = {
    Action.ALLOW: gettext_noop("laissé tel quel"),
    Action.WARN: gettext_noop("laissé, avec un avertissement"),
    Action.MASK: gettext_noop("masqué"),
    Action.REROUTE: gettext_noop("à confier à un autre service"),
    Action.JUSTIFY: gettext_noop("masqué, à justifier"),
    Action.APPROVE: gettext_noop("masqué, avec l'accord d'un pilote"),
    Action.BLOCK: gettext_noop("bloqué"),
}

TRUST: Final[Mapping[Trust, str]] = {
    Trust.LOCAL: gettext_noop("Reste dans l'entreprise."),
    Trust.EUROPEAN: gettext_noop("Part chez un fournisseur européen."),
    Trust.CONTRACT: gettext_noop("Part chez un fournisseur sous contrat."),
    Trust.PUBLIC: gettext_noop("Part chez un fournisseur public."),
}


_TROUBLES: Final[Mapping[Trouble, str]] = {
    "resting": gettext_noop("« {} » a échoué plusieurs fois de suite et est laissé au repos"),
    "silent": gettext_noop("« {} » n'a pas répondu"),
    "certificate": gettext_noop("Le certificat de « {} » n'est pas reconnu"),
    "proxy": gettext_noop("« {} » n'a pas pu être joint par le proxy"),
    "busy": gettext_noop("« {} » est saturé"),
    "unavailable": gettext_noop("« {} » est indisponible"),
}
RESTING: Final = gettext_noop(
    "Il ne répond pas en ce moment : le service qu'un pilote a prévu, s'il y en a un, répondra à sa place."
)


# What a reason of detection rests on, by a sign of its French sentence: the first that stands in it.
_BASES: Final = (
    ("clé est fausse", gettext_noop("Le contexte le dit ; sa clé est fausse.")),
    ("exacte", gettext_noop("Sa forme et sa clé sont exactes.")),
    ("document confidentiel", gettext_noop("Extrait d'un document confidentiel de votre entreprise.")),
    ("(liste «", gettext_noop("Nom d'une liste de votre entreprise.")),
    ("propre à l'entreprise", gettext_noop("Terme de votre entreprise.")),
    ("déjà repérée", gettext_noop("Autre mention d'une valeur déjà repérée dans le texte.")),
    ("rattaché", gettext_noop("Le texte le rattache à une personne.")),
    ("contexte", gettext_noop("Le contexte le dit.")),
    ("mots autour", gettext_noop("Le contexte le dit.")),
    ("forme", gettext_noop("Sa forme le dit.")),
)


def reason(told: str) -> str:
    """Why a value was found. Detection says it in French; another language tells what it rests on."""
    if get_language() == "fr":
        return told
    return next((gettext(basis) for sign, basis in _BASES if sign in told), "")


def said(word: str) -> str:
    """A word or sentence that is kept in French, in the language of the page."""
    return gettext(word)


def noun(label: str, number: int = 1) -> str:
    """What a value of this label is called, or several."""
    return ngettext(*NOUNS[label], number)


def moved(move: Moved) -> str:
    """« Mistral » n'a pas répondu : « OVHcloud », un service européen sous contrat, a répondu à sa place."""
    return gettext("%(why)s : « %(other)s », %(trust)s, a répondu à sa place.") % {
        "why": gettext(_TROUBLES[move.why]).format(move.asked.name),
        "other": move.provider.name,
        "trust": gettext(TRUSTS[move.provider.trust]),
    }


def counted(labels: Iterable[str]) -> str:
    """``3 noms, 1 IBAN et 2 montants``: labels with their numbers, most frequent first."""
    counts = Counter(labels).most_common()
    parts = [f"{number} {noun(label, number)}" for label, number in counts]
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
