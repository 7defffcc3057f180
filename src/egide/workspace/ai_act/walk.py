"""Walks the decision table: the questions in turn, the outcomes they add up to, and why each is there.

Pure: no Django, no clock. A duty is only owed in a role that it names; a duty of transparency that is
another's (article 50(1) and (2) bind the provider) changes nothing of the class of who only uses the system,
and what articles 26(7) and 27 ask of who uses it binds nobody else.
An answer that is not known raises nothing, and the walk goes on where it asks further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from egide.reference.ai_act import END, AiAct, Branch, Level, Outcome, Question
from egide.reference.ai_act_facts import Duty
from egide.workspace.ai_act.reasons import reasons

YES: Final = "yes"
NO: Final = "no"
UNKNOWN: Final = "unknown"
ANSWERS: Final = (YES, NO, UNKNOWN)
EVERYBODY: Final = "tous"
MODEL_PROVIDER: Final = "fournisseur_modele"
NO_DUTY: Final[Level] = "aucune_obligation"
FRIA: Final = "D-27"
# Outcomes at high risk that say what one role is to do, and nothing of the class.
OF_ROLES: Final = frozenset({"O-FRIA", "O-INFO-SALARIES"})
# What a class is, the gravest first; the other levels only go with one of these.
CLASSES: Final[tuple[Level, ...]] = (
    "interdit", "haut_risque", "transparence", "modele", "sorti_haut_risque", "minimal", "hors_champ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A question and its answer, given or computed. ``raised``: the flags that this answer added."""

    question: Question
    answer: str
    raised: tuple[str, ...] = ()

    @property
    def branch(self) -> Branch | None:
        """Where the answer leads; none when it is not known."""
        return None if self.answer == UNKNOWN else self.question.branch(self.answer == YES)


@dataclass(frozen=True, slots=True)
class Due:
    """A duty of the company, from its day, in the roles that owe it."""

    duty: Duty
    applies_from: date
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An outcome. ``owed``: it binds the company; ``others``: duties of it that bind somebody else."""

    outcome: Outcome
    owed: bool
    because: tuple[Step, ...]
    applies_from: date | None
    duties: tuple[Due, ...]
    others: tuple[Duty, ...]

    @property
    def level(self) -> Level:
        """The level of it for this company."""
        return self.outcome.level if self.owed else NO_DUTY

    def applies(self, today: date) -> bool:
        """Whether it applies on this day."""
        return self.applies_from is None or self.applies_from <= today


@dataclass(frozen=True)
class Walk:
    """A walk as far as its answers lead. ``next``: what is to be asked; none when it is at its end."""

    steps: tuple[Step, ...]
    found: tuple[Found, ...]
    roles: tuple[str, ...]
    next: Question | None

    @property
    def unknown(self) -> tuple[Step, ...]:
        """The questions on the way whose answer is not known."""
        return tuple(step for step in self.steps if step.answer == UNKNOWN)

    @property
    def answers(self) -> dict[str, str]:
        """The answers on the way, and no other."""
        return {step.question.id: step.answer for step in self.steps if not step.question.computed}

    @property
    def settled(self) -> bool:
        """Whether it is at its end and every answer is known."""
        return self.next is None and not self.unknown

    @cached_property
    def level(self) -> Level | None:
        """The legal class: the gravest of the levels that bind the company. None when nothing says it."""
        told = {one.level for one in self.found}
        return next((level for level in CLASSES if level in told), None)

    @cached_property
    def duties(self) -> tuple[Due, ...]:
        """Each duty once, from the earliest day that it is owed, in the order of those days."""
        earliest: dict[str, Due] = {}
        for one in self.found:
            for due in one.duties:
                kept = earliest.get(due.duty.id)
                if kept is None or due.applies_from < kept.applies_from:
                    earliest[due.duty.id] = due
        return tuple(sorted(earliest.values(), key=lambda due: due.applies_from))

    def next_date(self, today: date) -> date | None:
        """The first day after this one from which an outcome or a duty applies."""
        told = [due.applies_from for due in self.duties]
        told += [one.applies_from for one in self.found if one.applies_from is not None]
        return min((day for day in told if day > today), default=None)

    @property
    def ids(self) -> frozenset[str]:
        """The outcomes, by id."""
        return frozenset(one.outcome.id for one in self.found if one.owed)


@dataclass
class Way:
    """What a walk has gathered so far, and where it stands."""

    at: str
    steps: list[Step] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    reached: list[tuple[Outcome, int]] = field(default_factory=list)

    def take(self, table: AiAct, question: Question, answer: str) -> None:
        """Answer the question where it stands, and go on."""
        if answer == UNKNOWN:
            self.steps.append(Step(question, answer))
            self.at = onwards(question)
            return
        branch = question.branch(answer == YES)
        outcomes = [table.outcome[one] for one in branch.outcomes]
        roles = roles_of([*self.flags, *branch.flags])
        raised = branch.flags if all(_binds(table, one, roles) for one in outcomes) else ()
        self.steps.append(Step(question, answer, raised))
        self.flags += [flag for flag in raised if flag not in self.flags]
        self.reached += [(one, len(self.steps) - 1) for one in outcomes]
        self.at = branch.next

    def forked(self, table: AiAct, answer: str) -> Way:
        """Another, that goes on from here with this answer."""
        other = Way(self.at, [*self.steps], [*self.flags], [*self.reached])
        other.take(table, table.by_id[self.at], answer)
        return other

    def bound(self, table: AiAct) -> frozenset[str]:
        """The outcomes that bind the company, by id."""
        roles = roles_of(self.flags)
        return frozenset(one.id for one, _ in self.reached if _binds(table, one, roles))


def walk(table: AiAct, answers: Mapping[str, str]) -> Walk:
    """Walk the table with these answers; those of questions that are not on the way count for nothing."""
    way = follow(table, answers)
    roles = roles_of(way.flags)
    found = tuple(_found(table, way, outcome, rank, roles) for outcome, rank in way.reached)
    return Walk(tuple(way.steps), found, roles, None if way.at == END else table.by_id[way.at])


def follow(table: AiAct, answers: Mapping[str, str], way: Way | None = None) -> Way:
    """The same, without the reasons: as far as these answers lead, from where ``way`` stands."""
    way = way or Way(table.meta.entry)
    while way.at != END:
        question = table.by_id[way.at]
        if question.expr is not None:
            answer = YES if question.expr.holds(way.flags) else NO
        else:
            answer = answers.get(way.at, "")
        if answer not in ANSWERS:
            break
        way.take(table, question, answer)
    return way


def onwards(question: Question) -> str:
    """Where a walk goes on when the answer is not known: as for « no », unless that ends it."""
    return question.if_yes.next if question.if_no.next == END else question.if_no.next


def roles_of(flags: list[str]) -> tuple[str, ...]:
    """What the company is, from the flags raised."""
    roles = [flag.removeprefix("role.") for flag in flags if flag.startswith("role.")]
    return (*roles, MODEL_PROVIDER) if "gpai" in flags else tuple(roles)


def without_any(table: AiAct, stage: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that say « no » to what a stage still asks, from where the walk stands."""
    told = dict(answers)
    at = follow(table, told).at
    while at != END and table.by_id[at].stage == stage:
        told[at] = NO
        at = follow(table, told).at
    return told


def _binds(table: AiAct, outcome: Outcome, roles: tuple[str, ...]) -> bool:
    """Whether it is the company's: of transparency, or of article 27 or 26(7), only if a duty of it is."""
    if outcome.level != "transparence" and outcome.id not in OF_ROLES:
        return True
    return any(_owing(table.duty[one], roles) for one in outcome.duties)


def _owing(duty: Duty, roles: tuple[str, ...]) -> tuple[str, ...]:
    return roles or (EVERYBODY,) if EVERYBODY in duty.role else tuple(r for r in roles if r in duty.role)


def _found(table: AiAct, way: Way, outcome: Outcome, at: int, roles: tuple[str, ...]) -> Found:
    since = _since(table, way, outcome, at)
    duties = [table.duty[one] for one in outcome.duties]
    own = [(duty, owing) for duty in duties if (owing := _owing(duty, roles))]
    dues = tuple(Due(one, max(one.applies_from, since or one.applies_from), by) for one, by in own)
    others = tuple(duty for duty in duties if not _owing(duty, roles))
    because = reasons(table, way.steps, at, {role for _, by in own for role in by if len(roles) > 1})
    return Found(outcome, _binds(table, outcome, roles), because, since, dues, others)


def _since(table: AiAct, way: Way, outcome: Outcome, at: int) -> date | None:
    """The day from which an outcome applies: its own, that of the practice, or that of what it goes with.

    When answers that are not known hide which of these it goes with, the first of their days.
    """
    practices = [table.practice[flag] for flag in way.steps[at].raised if flag in table.practice]
    if practices:
        return practices[0].applies_from
    reached = {one.id for one, _ in way.reached}
    ids = [one for one in outcome.applies_with if one in reached] or outcome.applies_with
    with_these = [table.outcome[one].applies_from for one in ids]
    return min((day for day in with_these if day is not None), default=outcome.applies_from)
