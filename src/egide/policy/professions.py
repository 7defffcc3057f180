"""The pack of a profession: its blocked classes as floors of a policy, which tighten and never loosen."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from egide.policy.document import PROFESSION, CharterLine, Rule
from egide.policy.model import Action, Trust
from egide.policy.phrasing import upper
from egide.reference.professions import BlockedClass, Profession, Reach, professions, reaches

CHARTER_KEY: Final = "metier"
# Quotes the model charter, clause « donnees ».
CHARTER: Final = CharterLine(
    clause="donnees",
    title="Données : ce qui peut être partagé",
    text="Je ne saisis jamais dans un outil d'IA : mots de passe, clés et moyens de paiement ; données de"
    " santé et autres données sensibles au sens du RGPD ; données couvertes par le secret professionnel.",
)
_VERBS: Final = {
    Action.ALLOW: "n'est pas restreint davantage pour ce service",
    Action.MASK: "est masqué avant l'envoi à ce service",
    Action.BLOCK: "n'est pas envoyé à ce service",
}


class Promise(NamedTuple):
    """One class that a profession blocks, what Égide recognises of it, and the floor made of that, if any."""

    blocked: BlockedClass
    reach: Reach
    floor: Rule | None


class Pack(NamedTuple):
    """A profession with all that its pack does and cannot do."""

    profession: Profession
    promises: tuple[Promise, ...]

    @property
    def floors(self) -> tuple[Rule, ...]:
        """What it adds to a policy."""
        return tuple(promise.floor for promise in self.promises if promise.floor is not None)


@cache
def packs() -> dict[str, Pack]:
    """Every pack by the id of its profession, in the order of the reference."""
    classes = {one.id: one for one in professions().blocked_classes}
    return {
        one.id: Pack(one, tuple(_promise(one, classes[name]) for name in one.extra_blocked_classes))
        for one in professions().professions
    }


def _promise(profession: Profession, blocked: BlockedClass) -> Promise:
    reach = reaches()[blocked.id]
    return Promise(blocked, reach, _floor(profession, blocked, reach) if reach.labels else None)


def _floor(profession: Profession, blocked: BlockedClass, reach: Reach) -> Rule:
    actions = {trust: Action(reach.actions.get(trust, Action.ALLOW)) for trust in Trust}
    what = f"métier « {profession.label} » : ce qui relève de « {blocked.label} »"
    return Rule(
        id=f"metier-{profession.id}-{blocked.id}".replace("_", "-"),
        origin=f"{PROFESSION}{profession.id}",
        labels=reach.labels,
        actions=actions,
        sentences={action: upper(f"{what} {_VERBS[action]}.") for action in dict.fromkeys(actions.values())},
        charter=CHARTER_KEY,
    )
