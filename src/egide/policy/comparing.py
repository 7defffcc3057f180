"""What becomes stricter and what looser from one policy to another, as French sentences; and what of it
is dangerous."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import carrying, checking
from egide.policy.document import PolicyDocument
from egide.policy.model import Action, Role, Trust
from egide.policy.phrasing import NOUNS, Say, plain, whom
from egide.policy.phrasing import change as changed
from egide.policy.table import build_table

# A usage that no rule names: what is in force for all the others.
OTHERS: Final = ""
_CLEAR: Final = (Action.ALLOW, Action.WARN)
# By how much gets out to this service. Not the order of severity: a reason lets through what another
# service alone may have.
_ORDER: Final = (
    Action.ALLOW, Action.WARN, Action.MASK, Action.JUSTIFY, Action.APPROVE, Action.REROUTE, Action.BLOCK
)  # fmt: skip
# Read in clear outside the company, these can harm a person or open a door.
_GRAVE: Final = ("official_id", "banking", "health", "special_category", "criminal", "credential")

Key = tuple[str, Trust]


class Step(NamedTuple):
    """From one action to another."""

    before: Action
    after: Action

    @property
    def stays(self) -> bool:
        """Whether nothing changes."""
        return self.before is self.after

    @property
    def stricter(self) -> bool:
        """Whether less gets out."""
        return _ORDER.index(self.after) > _ORDER.index(self.before)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sentences. ``kept`` are exceptions: what stays for some while it changes for the others. ``dangers``
    are those of ``looser`` that let sensitive values out. ``others``: settings that change, neither way."""

    stricter: tuple[str, ...]
    looser: tuple[str, ...]
    kept: tuple[str, ...]
    dangers: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing changes in what happens."""
        return not (self.stricter or self.looser or self.others)


def compare(
    before: PolicyDocument,
    after: PolicyDocument,
    usages: Mapping[str, str] | None = None,
    say: Say = plain,
) -> Comparison:
    """``usages``: what people call each usage, by id; ``say``: see ``phrasing``."""
    stricter: dict[str, None] = {}
    looser: dict[str, None] = {}
    kept: dict[str, None] = {}
    dangers: dict[str, None] = {}
    for usage, roles, steps in _contexts(before, after):
        names = [(usages or {}).get(usage, usage)] if usage != OTHERS else []
        first = whom(names, roles, say)
        for said, step, grave in _sentences(steps, first, say):
            (kept if step.stays else stricter if step.stricter else looser)[said] = None
            if grave:
                dangers[said] = None
    for change in carrying.changes(before, after, say):
        (stricter if change.stricter else looser)[change.said] = None
        if change.grave and not change.stricter:
            dangers[change.said] = None
    others: dict[str, None] = {}
    for setting in checking.changes(before.checks, after.checks, say):
        (others if setting.stricter is None else stricter if setting.stricter else looser)[
            setting.sentence
        ] = None
    return Comparison(tuple(stricter), tuple(looser), tuple(kept), tuple(dangers), tuple(others))


def _contexts(
    before: PolicyDocument, after: PolicyDocument
) -> Iterator[tuple[str, tuple[Role, ...], dict[Key, Step]]]:
    """What changes for everybody, then what changes besides for a role, for a usage."""
    everybody: dict[Role, dict[Key, Step]] = {}
    rules = (*before.rules, *before.floors, *after.rules, *after.floors)
    # When no rule speaks of a role, they all have the same.
    roles = tuple(Role) if any(rule.roles for rule in rules) else (Role.COLLABORATOR,)
    for usage in dict.fromkeys((OTHERS, *(usage for rule in rules for usage in rule.usages))):
        steps = {}
        for role in roles:
            known = everybody.get(role, {})
            steps[role] = _besides(_steps(before, after, usage, role, known), known)
        everybody = everybody or dict(steps)
        common = _common(steps.values())
        yield usage, (), common
        for role in roles:
            yield usage, (role,), _besides(steps[role], common)


def _steps(
    before: PolicyDocument, after: PolicyDocument, usage: str, role: Role, also: Container[Key] = ()
) -> dict[Key, Step]:
    """What changes, and what becomes of ``also`` even where nothing does."""
    found = {}
    for trust in Trust:
        old, new = (build_table(document, usage, role, trust) for document in (before, after))
        for label in LABELS:
            step = Step(old[label].action, new[label].action)
            if not step.stays or (label, trust) in also:
                found[label, trust] = step
    return found


def _besides(steps: Mapping[Key, Step], known: Mapping[Key, Step]) -> dict[Key, Step]:
    return {key: step for key, step in steps.items() if known.get(key) != step}


def _common(every: Iterable[Mapping[Key, Step]]) -> dict[Key, Step]:
    first, *others = every
    return {key: step for key, step in first.items() if all(one.get(key) == step for one in others)}


def _sentences(steps: Mapping[Key, Step], first: str, say: Say) -> Iterator[tuple[str, Step, bool]]:
    """One sentence per kind of data and step; a whole class in one when all its labels go the same way."""
    by_label: dict[str, dict[Step, tuple[Trust, ...]]] = {}
    for label in LABELS:
        found: dict[Step, list[Trust]] = defaultdict(list)
        for trust in Trust:
            if (label, trust) in steps:
                found[steps[label, trust]].append(trust)
        by_label[label] = {step: tuple(trusts) for step, trusts in found.items()}
    for data_class in DATA_CLASSES:
        inside = [label for label, kind in LABELS.items() if kind.data_class == data_class]
        whole = all(by_label[label] == by_label[inside[0]] for label in inside)
        for name, label in [(data_class, inside[0])] if whole else [(label, label) for label in inside]:
            for step, trusts in by_label[label].items():
                said = changed(NOUNS[name], step.before, step.after, trusts, first, say)
                looser = not (step.stricter or step.stays)
                yield said, step, looser and _grave(data_class, step.after, trusts)


def _grave(data_class: str, after: Action, trusts: Iterable[Trust]) -> bool:
    outside = [trust for trust in trusts if trust is not Trust.LOCAL]
    if data_class == "credential":  # even masked: a key that is recognised in part leaves in part
        return bool(outside) and after is not Action.REROUTE
    if after not in _CLEAR:
        return False
    return Trust.PUBLIC in outside or (bool(outside) and data_class in _GRAVE)
