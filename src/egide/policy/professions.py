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
    text="Je ne saisis jamais dans un outil d'IA : mots de passe, clés et moyens de paiement ; données de santé"
    " et autres données sensibles au sens du RGPD ; données couvertes par le secret professionnel.",
)
_VERBS: Final = {
    Action.ALLOW: "n'est pas restreint davantage pour ce service",
    Action.MASK: "est masqué avant l'envoi à ce service",
    Action.BLOCK: "n'est pas envoyé à ce service",
}


class Promise(NamedTuple):
    """One class that a profession blocks, and what Égide recognises of it."""

    blocked: BlockedClass
    reach: Reach


class Pack(NamedTuple):
    """A profession with all that its pack does and cannot do."""

    profession: Profession
    promises: tuple[Promise, ...]
    floors: tuple[Rule, ...]

    @property
    def origin(self) -> str:
        """What its floors carry as origin."""
        return f"{PROFESSION}{self.profession.id}"


@cache
def packs() -> dict[str, Pack]:
    """Every pack by the id of its profession, in the order of the reference."""
    return {one.id: _pack(one) for one in professions().professions}


def _pack(profession: Profession) -> Pack:
    classes = {one.id: one for one in professions().blocked_classes}
    promises = tuple(Promise(classes[name], reaches()[name]) for name in profession.extra_blocked_classes)
    floors = tuple(_floor(profession, promise) for promise in promises if promise.reach.labels)
    return Pack(profession, promises, floors)


def _floor(profession: Profession, promise: Promise) -> Rule:
    actions = {trust: Action(promise.reach.actions.get(trust, Action.ALLOW)) for trust in Trust}
    what = f"métier « {profession.label} » : ce qui relève de « {promise.blocked.label} »"
    return Rule(
        id=f"metier-{profession.id}-{promise.blocked.id}".replace("_", "-"),
        origin=f"{PROFESSION}{profession.id}",
        labels=promise.reach.labels,
        actions=actions,
        sentences={action: upper(f"{what} {_VERBS[action]}.") for action in dict.fromkeys(actions.values())},
        charter=CHARTER_KEY,
    )
