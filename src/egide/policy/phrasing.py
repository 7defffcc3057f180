"""Rules as French sentences, made from what they say: a kind of data, an action per trust, for whom.

« Les coordonnées bancaires sont masquées pour tous les services, sauf un service local, où elles sont lues
en clair. »
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from egide.policy.model import Action, Role, Trust

# What is spoken of, by class then by label, with its gender: every noun is plural.
_NOUNS: Final = """
identity f les données d'identité
contact f les coordonnées
official_id m les identifiants officiels
banking f les coordonnées bancaires
financial f les données financières
contractual f les données contractuelles
health f les informations de santé
special_category f les données sensibles
criminal f les condamnations et les infractions
credential m les mots de passe, clés et codes
technical f les données techniques
confidential f les informations confidentielles
PERSON m les noms de personnes
ADDRESS f les adresses postales
LOCATION m les lieux
ORGANISATION m les noms d'organisations
EMAIL f les adresses électroniques
PHONE m les numéros de téléphone
DATE_OF_BIRTH f les dates de naissance
NIR m les numéros de sécurité sociale
TAX_NUMBER m les numéros fiscaux
PASSPORT m les numéros de passeport
ID_CARD m les numéros de carte d'identité
RESIDENCE_PERMIT m les numéros de titre de séjour
DRIVING_LICENCE m les numéros de permis de conduire
PLATE f les plaques d'immatriculation
RPPS m les numéros RPPS et ADELI
FINESS m les numéros FINESS
INE m les numéros nationaux d'étudiants
SIREN m les numéros SIREN
SIRET m les numéros SIRET
TVA m les numéros de TVA
RNA m les numéros d'associations
IBAN m les IBAN et les RIB
BIC m les codes BIC
CARD m les numéros de carte bancaire
AMOUNT m les montants
CONTRACT_REF f les références de contrats, factures et commandes
CASE_REF f les références de dossiers
CUSTOMER_REF f les références de clients
HEALTH f les informations de santé
RELIGION f les convictions religieuses
POLITICS f les opinions politiques
UNION f les appartenances syndicales
ETHNICITY f les origines
SEX_LIFE f les informations de vie et d'orientation sexuelles
BIOMETRIC f les données biométriques et génétiques
CRIMINAL f les condamnations et les infractions
SECRET m les mots de passe, clés et codes
IP f les adresses IP
MAC f les adresses MAC
URL f les adresses web
USERNAME m les noms de comptes
GEO f les coordonnées géographiques
COMPANY_TERM m les termes propres à l'entreprise
CONFIDENTIAL_MARK f les mentions de confidentialité
CONFIDENTIAL_COPY m les extraits de documents confidentiels
"""


class Noun(NamedTuple):
    """A kind of data as a sentence names it, and what stands for it afterwards (ils, elles)."""

    words: str
    pronoun: str

    def agreeing(self, participle: str) -> str:
        """The plural participle in this gender."""
        return participle.replace("(e)", "e" if self.pronoun == "elles" else "")


def _nouns() -> dict[str, Noun]:
    rows = (row.split(" ", 2) for row in _NOUNS.strip().splitlines())
    return {name: Noun(words, "elles" if gender == "f" else "ils") for name, gender, words in rows}


NOUNS: Final[Mapping[str, Noun]] = _nouns()

VERBS: Final[Mapping[Action, str]] = {
    Action.ALLOW: "sont lu(e)s en clair",
    Action.WARN: "sont lu(e)s en clair, avec un avertissement",
    Action.MASK: "sont masqué(e)s",
    Action.REROUTE: "sont à confier à un autre service",
    Action.JUSTIFY: "ne partent que masqué(e)s et avec une raison écrite",
    Action.BLOCK: "sont bloqué(e)s",
}
STATES: Final[Mapping[Action, str]] = {
    Action.ALLOW: "lu(e)s en clair",
    Action.WARN: "lu(e)s en clair avec un avertissement",
    Action.MASK: "masqué(e)s",
    Action.REROUTE: "à confier à un autre service",
    Action.JUSTIFY: "à justifier",
    Action.BLOCK: "bloqué(e)s",
}
TRUSTS: Final[Mapping[Trust, str]] = {
    Trust.PUBLIC: "un service grand public",
    Trust.CONTRACT: "un service sous contrat",
    Trust.EUROPEAN: "un service européen sous contrat",
    Trust.LOCAL: "un service local",
}
ROLES: Final[Mapping[Role, str]] = {
    Role.COLLABORATOR: "les collaborateurs",
    Role.PILOT: "les pilotes",
    Role.ADMIN: "les administrateurs",
}
EVERY: Final = "tous les services"


def sentence(
    noun: Noun, actions: Mapping[Trust, Action], usages: Sequence[str] = (), roles: Sequence[Role] = ()
) -> str:
    """What happens to this kind of data, by trust; ``usages`` are the names of those it is limited to."""
    groups: dict[Action, list[Trust]] = {}
    for trust in Trust:
        groups.setdefault(actions[trust], []).append(trust)
    first, *others = sorted(groups, key=lambda action: (-len(groups[action]), -action.severity))
    said = f"{noun.words} {noun.agreeing(VERBS[first])} pour {EVERY}"
    if others:
        parts = [_exception(noun, action, groups[action]) for action in others]
        said += f", sauf {', et '.join(parts)}"
    return upper(f"{whom(usages, roles)}{said}.")


def _exception(noun: Noun, action: Action, trusts: Sequence[Trust]) -> str:
    return f"{joined(trusts)}, où {noun.pronoun} {noun.agreeing(VERBS[action])}"


def least(noun: Noun, actions: Mapping[Trust, Action]) -> str:
    """The least that happens to this kind of data: nothing is said where anything may."""
    groups: dict[Action, list[Trust]] = {}
    for trust in Trust:
        if actions[trust] is not Action.ALLOW:
            groups.setdefault(actions[trust], []).append(trust)
    every = [f"{noun.agreeing(STATES[action])} pour {joined(trusts)}" for action, trusts in groups.items()]
    return f"{noun.words} sont au moins {listed(every)}." if every else ""


def outcome(noun: Noun, action: Action) -> str:
    """What happens to this kind of data towards one service, which need not be named."""
    return upper(f"{noun.words} {noun.agreeing(VERBS[action])}.")


def change(noun: Noun, before: Action, after: Action, trusts: Sequence[Trust], first: str = "") -> str:
    """« Les noms de personnes, masqués jusqu'ici pour un service local, y sont désormais bloqués. »
    ``first`` says for whom."""
    where = EVERY if len(trusts) == len(Trust) else joined(trusts)
    if before is after:
        return upper(f"{first}rien ne change pour {noun.words} et {where}.")
    old, new = noun.agreeing(STATES[before]), noun.agreeing(STATES[after])
    return upper(f"{first}{noun.words}, {old} jusqu'ici pour {where}, y sont désormais {new}.")


def joined(trusts: Sequence[Trust]) -> str:
    """« un service grand public, un service sous contrat ou un service local »."""
    return listed([TRUSTS[trust] for trust in trusts], "ou")


def listed(words: Sequence[str], last: str = "et") -> str:
    """« a, b et c »."""
    return words[0] if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def whom(usages: Sequence[str], roles: Sequence[Role]) -> str:
    """For whom a rule is: « pour l'usage « Devis » et les pilotes, », or nothing for everybody."""
    told = []
    if usages:
        names = listed([f"« {name} »" for name in usages])
        told.append(f"l'usage {names}" if len(usages) == 1 else f"les usages {names}")
    if roles:
        told.append(listed([ROLES[role] for role in roles]))
    return f"pour {' et '.join(told)}, " if told else ""


def upper(text: str) -> str:
    """With a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
