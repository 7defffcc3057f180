"""Changes to a policy as people make them: another profile, professions, an action here or there.

Each function gives a new document; what it was made from stays as it is. The company's own rules change
what the profile says, never what a profession asks. PolicyError EG-3010 tells that a rule of an imported
file has the id of one that is to be added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self

from pydantic import ValidationError

from egide.checks.settings import CheckSettings
from egide.detection.labels import DATA_CLASSES, LABELS
from egide.errors import PolicyError
from egide.policy.document import COMPANY, PROFILE, CharterLine, PolicyDocument, Rule
from egide.policy.model import Action, Pictures, Role, Speech, Trust
from egide.policy.phrasing import NOUNS, VERBS
from egide.policy.policy import Policy, names
from egide.policy.professions import CHARTER, CHARTER_KEY, packs

_OWN_KEY: Final = "entreprise"
# Quotes the model charter, clause « donnees ».
_OWN: Final = CharterLine(
    clause="donnees",
    title="Données : ce qui peut être partagé",
    text="Le filtre remplace ou bloque ces données : je ne le contourne pas et, en cas de doute, je demande",
)
# What a company may set beside the rules.
_SETTINGS: Final = ("pictures", "speech")
TITLE_END: Final = ", adaptée par l'entreprise"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a rule speaks of: a data class or one label."""

    kind: Literal["class", "label"]
    name: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """From ``class:banking`` or ``label:IBAN``; None for anything else."""
        kind, _, name = text.partition(":")
        if kind == "class" and name in DATA_CLASSES:
            return cls("class", name)
        return cls("label", name) if kind == "label" and name in LABELS else None

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"

    @property
    def data_class(self) -> str:
        """The class that it is, or belongs to."""
        return self.name if self.kind == "class" else LABELS[self.name].data_class

    @property
    def french(self) -> str:
        """What people call it."""
        return NOUNS[self.name].words


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule says of one target. ``replaced`` is what the profile says where the company differs."""

    target: Target
    usages: tuple[str, ...]
    roles: tuple[Role, ...]
    actions: Mapping[Trust, Action]
    origin: str
    replaced: Line | None = None

    @property
    def key(self) -> tuple[Target, tuple[str, ...], tuple[Role, ...]]:
        """Two rules with the same key speak of the same thing for the same people."""
        return self.target, tuple(sorted(self.usages)), tuple(sorted(self.roles))

    @property
    def own(self) -> bool:
        """Whether the company wrote it."""
        return self.origin == COMPANY


def lines(document: PolicyDocument) -> tuple[Line, ...]:
    """Every line of the profile and of the company, in the order of the classes; classes before labels,
    lines for everybody before those for some."""
    said: dict[tuple[object, str], Line] = {}
    for rule in document.rules:
        for target in targets(rule):
            line = Line(target, rule.usages, rule.roles, rule.actions, rule.origin)
            before = said.get((line.key, line.origin))
            said[line.key, line.origin] = line if before is None else _strictest(before, line)
    shown = []
    for (key, origin), line in said.items():
        if origin == PROFILE and (key, COMPANY) in said:
            continue
        replaced = said.get((key, PROFILE)) if origin == COMPANY else None
        shown.append(Line(*line.key, line.actions, origin, replaced))
    order, label_order = list(DATA_CLASSES), list(LABELS)

    def place(line: Line) -> tuple[object, ...]:
        target = line.target
        first = -1 if target.kind == "class" else label_order.index(target.name)
        return order.index(target.data_class), first, bool(line.usages), bool(line.roles)

    return tuple(sorted(shown, key=place))


def targets(rule: Rule) -> tuple[Target, ...]:
    """What a rule speaks of."""
    return (
        *(Target("class", name) for name in rule.classes),
        *(Target("label", name) for name in rule.labels),
    )


def with_profile(document: PolicyDocument, name: str) -> PolicyDocument:
    """On another shipped profile; the company's rules, its choices for pictures, recordings and checks and
    the professions stay. ``name`` must be known."""
    profile = Policy.load(name).document
    own = [rule for rule in document.rules if rule.origin == COMPANY]
    charter = {key: line for key, line in document.charter.items() if key in (_OWN_KEY, CHARTER_KEY)}
    made = profile.model_copy(
        update={
            "profile": name,
            "charter": {**charter, **profile.charter},
            "rules": (*profile.rules, *own),
            "floors": document.floors,
            "checks": profile.checks.model_copy(update=_own_checks(document)),
            **own_settings(document),
        }
    )
    return _finished(made)


def _own_checks(document: PolicyDocument) -> dict[str, object]:
    """What the company set of the checks otherwise than its profile; nothing when it has none."""
    profile = _profile(document)
    if profile is None:
        return {}
    shipped = Policy.load(profile).document.checks
    return {name: value for name, value in document.checks if value != getattr(shipped, name)}


def with_carriers(
    document: PolicyDocument, pictures: Mapping[Trust, Pictures], speech: Speech
) -> PolicyDocument:
    """With what the company lets leave of pictures and of recordings."""
    return _finished(document.model_copy(update={"pictures": dict(pictures), "speech": speech}))


def own_settings(document: PolicyDocument) -> dict[str, object]:
    """Those that differ from the profile's; none when it was not made from one."""
    profile = _profile(document)
    if profile is None:
        return {}
    shipped = Policy.load(profile).document
    return {name: value for name in _SETTINGS if (value := getattr(document, name)) != getattr(shipped, name)}


def with_professions(document: PolicyDocument, ids: Iterable[str]) -> PolicyDocument:
    """Tightened by these professions, in the order of the reference. One that the reference no longer
    lists keeps the floors that the document has of it."""
    wanted, known = set(ids), packs()
    kept = [f for f in document.floors if (one := _profession(f)) in wanted and one not in known]
    added = [floor for name, pack in known.items() if name in wanted for floor in pack.floors]
    return _finished(document.model_copy(update={"floors": (*kept, *added)}))


def with_line(
    document: PolicyDocument,
    target: Target,
    actions: Mapping[Trust, Action],
    usages: Sequence[str] = (),
    roles: Sequence[Role] = (),
) -> PolicyDocument:
    """With this line of the company's own. Where it says what the profile says already, none is needed."""
    wanted = Line(target, tuple(usages), tuple(roles), dict(actions), COMPANY)
    left = without_line(document, target, usages, roles)
    if any(line.key == wanted.key and line.actions == wanted.actions for line in lines(left)):
        return left
    return _finished(left.model_copy(update={"rules": (*left.rules, _rule(wanted))}))


def without_line(
    document: PolicyDocument, target: Target, usages: Sequence[str] = (), roles: Sequence[Role] = ()
) -> PolicyDocument:
    """Without the company's own line on this: the profile's, if it has one, speaks again."""
    gone = Line(target, tuple(usages), tuple(roles), {}, COMPANY).key
    rules = [left for rule in document.rules if (left := _without(rule, gone)) is not None]
    return _finished(document.model_copy(update={"rules": tuple(rules)}))


def with_checks(document: PolicyDocument, checks: CheckSettings) -> PolicyDocument:
    """With these settings of the checks, instead of the profile's."""
    return _finished(document.model_copy(update={"checks": checks}))


def _without(rule: Rule, gone: tuple[Target, tuple[str, ...], tuple[Role, ...]]) -> Rule | None:
    target, usages, roles = gone
    same = (tuple(sorted(rule.usages)), tuple(sorted(rule.roles))) == (usages, roles)
    if rule.origin != COMPANY or not same or target not in targets(rule):
        return rule
    left = [one.name for one in targets(rule) if one != target]
    field = "classes" if target.kind == "class" else "labels"
    return rule.model_copy(update={field: tuple(left)}) if left else None


def _rule(line: Line) -> Rule:
    target, usages, roles = line.key
    said = str((str(target), usages, tuple(role.value for role in roles)))
    digest = hashlib.sha256(said.encode()).hexdigest()[:8]
    noun = NOUNS[target.name]
    sentences = {
        action: f"Règle de l'entreprise : {noun.words} {noun.agreeing(VERBS[action])}."
        for action in dict.fromkeys(line.actions.values())
    }
    return Rule(
        id=f"entreprise-{target.name.lower().replace('_', '-')}-{digest}",
        origin=COMPANY,
        classes=(target.name,) if target.kind == "class" else (),
        labels=(target.name,) if target.kind == "label" else (),
        usages=usages,
        roles=roles,
        actions=dict(line.actions),
        sentences=sentences,
        charter=_OWN_KEY,
    )


def _finished(document: PolicyDocument) -> PolicyDocument:
    """With the charter lines that it needs and no other of ours, its name and its title; checked anew.

    Raises PolicyError EG-3010.
    """
    own = any(rule.origin == COMPANY for rule in document.rules)
    charter = {key: line for key, line in document.charter.items() if _needed(document, key)}
    if own:
        charter.setdefault(_OWN_KEY, _OWN)
    if document.floors:
        charter.setdefault(CHARTER_KEY, CHARTER)
    update: dict[str, object] = {"charter": charter}
    profile = _profile(document)
    if profile is not None:
        shipped = Policy.load(profile).document
        settings = bool(own_settings(document)) or document.checks != shipped.checks
        adapted = own or bool(document.floors) or settings
        title = shipped.title
        update["name"] = f"{profile}-entreprise" if adapted else profile
        update["title"] = title + TITLE_END if adapted else title
        update["profile"] = profile if adapted else None
    try:
        return PolicyDocument.model_validate(document.model_copy(update=update).model_dump())
    except ValidationError:
        # Every part was checked alone: together, an id of the file's is one of ours.
        raise PolicyError("EG-3010") from None


def _profile(document: PolicyDocument) -> str | None:
    """The shipped policy that it is, or was made from."""
    found = document.profile or document.name
    return found if found in names() else None


def _needed(document: PolicyDocument, key: str) -> bool:
    used = {document.nothing.charter, document.unknown.charter}
    used |= {rule.charter for rule in (*document.rules, *document.floors)}
    return key in used or key not in (_OWN_KEY, CHARTER_KEY)


def _profession(floor: Rule) -> str:
    return floor.origin.partition(":")[2]


def _strictest(one: Line, other: Line) -> Line:
    actions = {t: max(one.actions[t], other.actions[t], key=lambda a: a.severity) for t in Trust}
    return Line(one.target, one.usages, one.roles, actions, one.origin)
