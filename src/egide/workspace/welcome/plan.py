"""What the answers would fill, read from the reference and from this installation; nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.policy import Policy
from egide.policy.comparing import compare
from egide.policy.document import PolicyDocument
from egide.policy.editing import with_professions
from egide.policy.professions import packs
from egide.reference.professions import Profession
from egide.reference.prompts import Prompt, prompts
from egide.reference.regions import REGIONS
from egide.reference.training import Module, modules
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.notice import services as notice
from egide.workspace.policies import drafts, versions
from egide.workspace.programmes import directory
from egide.workspace.programmes.fitting import Band, Fit, ranked
from egide.workspace.programmes.profile import Profile
from egide.workspace.usages.models import Usage
from egide.workspace.welcome.kept import BASIS
from egide.workspace.welcome.usages import RISKS, ProposedUsage, proposed

PROGRAMMES: Final = 3
_LONGEST: Final = 200
# What each role reads first; everybody passes all the modules.
FIRST: Final = ((_("Collaborateurs"), ("m2", "m3")), (_("Pilotes"), ("m5", "m8")))


@dataclass(frozen=True, slots=True)
class ProposedPolicy:
    """``document`` is never more open than what is in force. ``stricter``: what changes, as sentences."""

    document: PolicyDocument
    profession: Profession | None
    stricter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """``company``: label, what is told. ``contact`` and ``basis``: what the notice does not say yet.
    ``training``: a role, what it reads first. An empty part is not proposed."""

    company: tuple[tuple[str, str], ...]
    policy: ProposedPolicy | None
    usages: tuple[ProposedUsage, ...]
    prompts: tuple[Prompt, ...]
    programmes: tuple[Fit, ...]
    training: tuple[tuple[str, str], ...]
    contact: str
    basis: str
    departments: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """What may be ticked."""
        parts = {"charter", "diagnosis"}
        parts |= {name for name in ("company", "policy", "prompts") if getattr(self, name)}
        parts |= {"notice"} if self.contact or self.basis else set()
        parts |= {f"usage:{one.key}" for one in self.usages}
        return frozenset(parts | {f"programme:{one.entry.id}" for one in self.programmes})


def plan(answers: Mapping[str, Any], by: User) -> Plan:
    """What these answers would fill today."""
    wanted = [one for one in prompts().departments if one.id in answers["departments"]]
    ids = [one.id for one in wanted]
    taken = set(Usage.objects.values_list("name", flat=True))
    chosen = [one for one in prompts().prompts if one.department in ids and one.risk in RISKS]
    details = notice.details()
    return Plan(
        _company(answers),
        _policy(answers["profession"]),
        tuple(proposed(ids, taken)),
        tuple(chosen),
        _programmes(answers),
        tuple((str(role), _listed(modules()[name] for name in first)) for role, first in FIRST),
        "" if details.contact else _contact(by),
        "" if details.basis else BASIS,
        tuple(gettext(one.label) for one in wanted),
    )


def stamp(answers: Mapping[str, Any], told: Plan) -> str:
    """What a pilot has read: this plan, from these answers."""
    policy = told.policy and (Policy.of(told.policy.document).to_yaml(), told.policy.stricter)
    read = [
        dict(answers),
        told.company,
        policy,
        [(one.key, one.answers) for one in told.usages],
        [one.id for one in told.prompts],
        [one.entry.id for one in told.programmes],
        (told.contact, told.basis),
        told.departments,
    ]
    return hashlib.sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()[:16]


def fields(answers: Mapping[str, Any]) -> dict[str, Any]:
    """What the company would say of itself: what was not told leaves what it said before."""
    return {name: answers[name] for name in company.FIELDS if answers[name] not in ("", None)}


def _company(answers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    now, told = company.current(), fields(answers)
    return tuple(
        (str(company.FIELDS[name]), _in_words(name, said))
        for name, said in told.items()
        if getattr(now, name) != said
    )


def _in_words(name: str, said: Any) -> str:
    if name == "region":
        return REGIONS.get(str(said), str(said))
    if name == "profession" and said in packs():
        return packs()[said].profession.label
    if name == "representatives":
        return gettext("oui") if said else gettext("non")
    return str(said)


def _listed(first: Iterable[Module]) -> str:
    told = ({"title": one.title, "minutes": one.duration_min} for one in first)
    return ", ".join(gettext("« %(title)s » (%(minutes)s min)") % one for one in told)


def _policy(profession: str) -> ProposedPolicy | None:
    """Nothing where a pilot is at work on a draft, or where it would change nothing."""
    if drafts.current() is not None:
        return None
    now, pack = versions.in_force().document, packs().get(profession)
    floors = pack is not None and bool(pack.floors)
    after = with_professions(now, [*now.professions, profession]) if floors else now
    if versions.latest() is not None and after == now:
        return None
    changes = compare(now, after)
    if changes.looser:
        return None
    return ProposedPolicy(after, pack.profession if pack and floors else None, changes.stricter)


def _programmes(answers: Mapping[str, Any]) -> tuple[Fit, ...]:
    naf = str(answers["naf"]).replace(".", "").upper()
    region = REGIONS.get(answers["region"], "")
    profile = Profile(answers["staff"], region, naf, answers["profession"])
    found = (
        one
        for one in ranked(directory.entries(), profile)
        if one.band is not Band.OFF
        and one.entry.follow is None
        and one.entry.status != "closed"
        and not one.entry.is_past
    )
    return tuple(one for one, _ in zip(found, range(PROGRAMMES), strict=False))


def _contact(by: User) -> str:
    """Their whole address, or nothing: it is by it that the contact is forgotten with them."""
    said = (f"{by.shown}, {by.email}" if by.name else by.email, by.email, "")
    return next(one for one in said if len(one) <= _LONGEST)
