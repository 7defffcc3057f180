"""Rules as French sentences, made from what they say: a kind of data, an action per trust, for whom.

« Les coordonnées bancaires sont masquées pour tous les services, sauf un service local, où elles sont lues
en clair. »
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Final, NamedTuple

import yaml

from egide.policy.model import Action, Role, Trust


class Noun(NamedTuple):
    """A kind of data as a sentence names it, and what stands for it afterwards (ils, elles)."""

    words: str
    pronoun: str

    def agreeing(self, participle: str) -> str:
        """The plural participle in this gender."""
        return participle.replace("(e)", "e" if self.pronoun == "elles" else "")


def _nouns() -> dict[str, Noun]:
    source = resources.files("egide.reference").joinpath("nouns.yaml").read_text(encoding="utf-8")
    return {name: Noun(**told) for name, told in yaml.safe_load(source).items()}


NOUNS: Final[Mapping[str, Noun]] = _nouns()

VERBS: Final[Mapping[Action, str]] = {
    Action.ALLOW: "sont lu(e)s en clair",
    Action.WARN: "sont lu(e)s en clair, avec un avertissement",
    Action.MASK: "sont masqué(e)s",
    Action.REROUTE: "sont à confier à un autre service",
    Action.JUSTIFY: "ne partent que masqué(e)s et avec une raison écrite",
    Action.APPROVE: "ne partent que masqué(e)s et avec l'accord d'un pilote",
    Action.BLOCK: "sont bloqué(e)s",
}
STATES: Final[Mapping[Action, str]] = {
    Action.ALLOW: "lu(e)s en clair",
    Action.WARN: "lu(e)s en clair avec un avertissement",
    Action.MASK: "masqué(e)s",
    Action.REROUTE: "à confier à un autre service",
    Action.JUSTIFY: "à justifier",
    Action.APPROVE: "à faire accepter par un pilote",
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
