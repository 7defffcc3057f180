"""Rules as French sentences, made from what they say: a kind of data, an action per trust, for whom.

« Les coordonnées bancaires sont masquées pour tous les services, sauf un service local, où elles sont lues
en clair. »

What makes sentences takes ``say``, which gives each of their parts in the language of a reader: as it is here
in French, unless the caller has another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Final, NamedTuple

import yaml

from egide.policy.model import Action, Role, Trust

Say = Callable[[str], str]


def plain(text: str) -> str:
    """In French."""
    return text


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
    noun: Noun,
    actions: Mapping[Trust, Action],
    usages: Sequence[str] = (),
    roles: Sequence[Role] = (),
    say: Say = plain,
) -> str:
    """What happens to this kind of data, by trust; ``usages`` are the names of those it is limited to."""
    groups: dict[Action, list[Trust]] = {}
    for trust in Trust:
        groups.setdefault(actions[trust], []).append(trust)
    first, *others = sorted(groups, key=lambda action: (-len(groups[action]), -action.severity))
    exceptions = [_exception(noun, action, groups[action], say) for action in others]
    told = {
        "data": say(noun.words),
        "action": say(noun.agreeing(VERBS[first])),
        "exceptions": say(", et ").join(exceptions),
    }
    if others:
        said = say("%(data)s %(action)s pour tous les services, sauf %(exceptions)s.")
    else:
        said = say("%(data)s %(action)s pour tous les services.")
    return upper(whom(usages, roles, say) + said % told)


def _exception(noun: Noun, action: Action, trusts: Sequence[Trust], say: Say) -> str:
    return say("%(services)s, où %(pronoun)s %(action)s") % {
        "services": joined(trusts, say),
        "pronoun": say(noun.pronoun),
        "action": say(noun.agreeing(VERBS[action])),
    }


def least(noun: Noun, actions: Mapping[Trust, Action], say: Say = plain) -> str:
    """The least that happens to this kind of data: nothing is said where anything may."""
    groups: dict[Action, list[Trust]] = {}
    for trust in Trust:
        if actions[trust] is not Action.ALLOW:
            groups.setdefault(actions[trust], []).append(trust)
    each = say("%(state)s pour %(services)s")
    every = [
        each % {"state": say(noun.agreeing(STATES[action])), "services": joined(trusts, say)}
        for action, trusts in groups.items()
    ]
    if not every:
        return ""
    told = {"data": say(noun.words), "states": listed(every, say("et"))}
    return say("%(data)s sont au moins %(states)s.") % told


def outcome(noun: Noun, action: Action, say: Say = plain) -> str:
    """What happens to this kind of data towards one service, which need not be named."""
    told = {"data": say(noun.words), "action": say(noun.agreeing(VERBS[action]))}
    return upper(say("%(data)s %(action)s.") % told)


def change(
    noun: Noun,
    before: Action,
    after: Action,
    trusts: Sequence[Trust],
    first: str = "",
    say: Say = plain,
) -> str:
    """« Les noms de personnes, masqués jusqu'ici pour un service local, y sont désormais bloqués. »
    ``first`` says for whom."""
    told = {
        "data": say(noun.words),
        "services": towards(trusts, say),
        "before": say(noun.agreeing(STATES[before])),
        "after": say(noun.agreeing(STATES[after])),
    }
    if before is after:
        return upper(first + say("rien ne change pour %(data)s et %(services)s.") % told)
    said = say("%(data)s, %(before)s jusqu'ici pour %(services)s, y sont désormais %(after)s.")
    return upper(first + said % told)


def towards(trusts: Sequence[Trust], say: Say = plain) -> str:
    """« tous les services », or those that they are."""
    return say(EVERY) if len(trusts) == len(Trust) else joined(trusts, say)


def joined(trusts: Sequence[Trust], say: Say = plain) -> str:
    """« un service grand public, un service sous contrat ou un service local »."""
    return listed([say(TRUSTS[trust]) for trust in trusts], say("ou"))


def listed(words: Sequence[str], last: str = "et") -> str:
    """« a, b et c »."""
    return words[0] if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def whom(usages: Sequence[str], roles: Sequence[Role], say: Say = plain) -> str:
    """For whom a rule is: « pour l'usage « Devis » et les pilotes, », or nothing for everybody."""
    told = []
    if usages:
        names = listed([say("« %(name)s »") % {"name": name} for name in usages], say("et"))
        every = say("l'usage %(names)s") if len(usages) == 1 else say("les usages %(names)s")
        told.append(every % {"names": names})
    if roles:
        told.append(listed([say(ROLES[role]) for role in roles], say("et")))
    return say("pour %(whom)s, ") % {"whom": f" {say('et')} ".join(told)} if told else ""


def upper(text: str) -> str:
    """With a capital, the rest as it is."""
    return text[:1].upper() + text[1:]
