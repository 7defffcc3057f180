"""The AI Act: a decision table of questions, the outcomes and duties it leads to, with sources and dates.

``ai_act.yaml`` holds the law as it was researched; each entry says whether its content was read. The walk
over the table (``workspace/ai_act/walk.py``) adds nothing to it. ``ai_act_facts`` holds the form of entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from egide.reference.ai_act_facts import (
    AnnexI,
    Authorities,
    Domain,
    Duty,
    Exceptions,
    Fact,
    Fine,
    FineRules,
    Given,
    Id,
    Milestone,
    Practice,
    Role,
    Statement,
)
from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source

END: Final = "END"
Level = Literal[
    "interdit", "haut_risque", "transparence", "modele", "sorti_haut_risque", "minimal", "hors_champ",
    "role", "maitrise", "aucune_obligation",
]  # fmt: skip


class Change(Strict):
    """What a version of the table changed."""

    version: str
    date: date
    text: str


class Meta(Strict):
    """Where the file comes from, its version, and what it does not know. ``schema`` names its form."""

    form: str = Field(alias="schema")
    title: str
    data_version: str
    written_on: str
    sources_read_up_to: str
    not_legal_advice: str
    verified_means: str
    base_act: str
    amended_by: tuple[str, ...]
    entry: Id
    stale_warning: str
    limits: str
    changes: tuple[Change, ...]


class Named(Strict):
    """The name of a level of outcomes."""

    id: Level
    label: str


class Stage(Strict):
    """A part of the walk. ``ask``: whom to ask, and what, when an answer is not known."""

    id: Slug
    title: str
    intro: str
    ask: str


class Expr(Strict):
    """What a computed question looks for among the flags raised so far; one of them is given."""

    any_flag_prefix: str = ""
    any_flag_in: tuple[str, ...] = ()
    only_flag_prefix: str = ""
    value: str = ""
    no_flag_prefix: tuple[str, ...] = ()

    def holds(self, flags: Iterable[str]) -> bool:
        """Whether it is so."""
        return bool(self.matched(flags)) if self._positive else not self.matched(flags)

    def matched(self, flags: Iterable[str]) -> tuple[str, ...]:
        """The flags that decide."""
        raised = tuple(flags)
        if self.any_flag_in:
            return tuple(flag for flag in raised if flag in self.any_flag_in)
        if self.only_flag_prefix:
            begun = tuple(flag for flag in raised if flag.startswith(self.only_flag_prefix))
            return begun if set(begun) == {self.value} else ()
        begins = self.no_flag_prefix or (self.any_flag_prefix,)
        return tuple(flag for flag in raised if flag.startswith(begins))

    @property
    def _positive(self) -> bool:
        return not self.no_flag_prefix

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = (self.any_flag_prefix, self.any_flag_in, self.only_flag_prefix, self.no_flag_prefix)
        if sum(map(bool, given)) != 1 or bool(self.only_flag_prefix) != bool(self.value):
            raise ValueError("a computed question looks for one thing")
        return self


class Branch(Strict):
    """Where an answer leads."""

    next: Id
    outcomes: tuple[Id, ...] = ()
    flags: tuple[str, ...] = ()


class Question(Strict):
    """A question. ``rests_on`` is the entry of the file that it asks about, with its sources."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,12}$")]
    stage: Slug
    type: Literal["yes_no", "computed"]
    expr: Expr | None = None
    text: str
    legal_ref: str
    help: str = ""
    rests_on: str = ""
    if_yes: Branch
    if_no: Branch

    @property
    def computed(self) -> bool:
        """Whether it follows from what was answered."""
        return self.expr is not None

    def branch(self, yes: bool) -> Branch:
        """Where this answer leads."""
        return self.if_yes if yes else self.if_no

    @model_validator(mode="after")
    def _told(self) -> Self:
        if (self.type == "computed") != self.computed:
            raise ValueError(f"{self.id} is computed from an expression, or asked")
        return self


class Outcome(Strict):
    """What an answer leads to. ``applies_with``: it applies from the day that the first of these does."""

    id: Id
    level: Level
    title: str
    why: str
    legal_ref: str
    duties: tuple[Id, ...] = ()
    applies_from: date | None = None
    applies_with: tuple[Id, ...] = ()
    fine_tier: str = ""


class Notice(Strict):
    """A text to show to people, for the outcomes that ask for it. Fields: company, contact, usage."""

    id: Slug
    outcomes: tuple[Id, ...]
    title: str
    where: str
    text: str


class FriaPart(Strict):
    """A part of the assessment of article 27."""

    id: Slug
    legal_ref: str
    question: str
    help: str


class Example(Strict):
    """A case worked through: the questions answered yes, and where they lead."""

    id: Slug
    title: str
    answers_yes: tuple[Id, ...]
    expect_levels: tuple[Level, ...]
    expect_outcome: Id | None = None


class AiAct(Strict):
    """The whole file."""

    meta: Meta
    levels: tuple[Named, ...]
    stages: tuple[Stage, ...]
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    duties: tuple[Duty, ...]
    roles: tuple[Role, ...]
    prohibited: tuple[Practice, ...]
    annex_i: AnnexI
    annex_iii: tuple[Domain, ...]
    exceptions_6_3: Exceptions
    calendar: tuple[Milestone, ...]
    statements: tuple[Statement, ...]
    fines: tuple[Fine, ...]
    fines_rules: FineRules
    national_authorities: Authorities
    notices: tuple[Notice, ...]
    fria: tuple[FriaPart, ...]
    examples: tuple[Example, ...]
    sources: dict[Slug, Given]

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """The questions."""
        return {one.id: one for one in self.questions}

    @cached_property
    def outcome(self) -> dict[str, Outcome]:
        """The outcomes."""
        return {one.id: one for one in self.outcomes}

    @cached_property
    def duty(self) -> dict[str, Duty]:
        """The duties."""
        return {one.id: one for one in self.duties}

    @cached_property
    def practice(self) -> dict[str, Practice]:
        """The prohibited practices, by the flag that they raise."""
        return {f"interdit.{one.id}": one for one in self.prohibited}

    @cached_property
    def stage(self) -> dict[str, Stage]:
        """The stages."""
        return {one.id: one for one in self.stages}

    @cached_property
    def level(self) -> dict[str, str]:
        """The names of the levels, the gravest first."""
        return {one.id: one.label for one in self.levels}

    @cached_property
    def entries(self) -> dict[str, Fact]:
        """What a question may rest on."""
        listed: tuple[tuple[str, Fact], ...] = (
            *((one.id, one) for one in self.duties),
            *((one.id, one) for one in self.roles),
            *((one.id, one) for one in self.prohibited),
            *((one.id, one) for one in self.annex_iii),
            (self.annex_i.id, self.annex_i),
            (self.exceptions_6_3.id, self.exceptions_6_3),
        )
        return dict(listed)

    def sources_of(self, fact: Fact) -> tuple[Source, ...]:
        """Where an entry was read; one that was not read says so of each."""
        return tuple(
            Source(
                key=key,
                title=given.title,
                url=given.url,
                date=given.date,
                verified=given.verified and fact.verified,
                kind=given.kind,
            )
            for key in fact.sources
            for given in (self.sources[key],)
        )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for kind in (self.questions, self.outcomes, self.duties, self.stages, self.prohibited):
            if len({one.id for one in kind}) != len(kind):
                raise ValueError("an id is given twice")
        self._known("stage", (one.stage for one in self.questions), self.stage)
        branches = [branch for one in self.questions for branch in (one.if_yes, one.if_no)]
        self._known("question", [*(b.next for b in branches), self.meta.entry], {*self.by_id, END})
        self._known("outcome", (one for b in branches for one in b.outcomes), self.outcome)
        self._known("outcome", (one for o in self.outcomes for one in o.applies_with), self.outcome)
        self._known("outcome", (one for o in self.notices for one in o.outcomes), self.outcome)
        self._known("level", (one.level for one in self.outcomes), self.level)
        self._known("duty", (one for o in self.outcomes for one in o.duties), self.duty)
        self._known("entry", (one.rests_on for one in self.questions if one.rests_on), self.entries)
        flags = (flag for b in branches for flag in b.flags if flag.startswith("interdit."))
        self._known("practice", flags, self.practice)
        fines = {one.id for one in self.fines}
        self._known("fine", (o.fine_tier for o in self.outcomes if o.fine_tier), fines)
        self._known("source", (key for fact in self.entries.values() for key in fact.sources), self.sources)
        self._ends()
        return self

    def _ends(self) -> None:
        """A question only leads to later ones: every walk ends."""
        place = {one.id: rank for rank, one in enumerate(self.questions)} | {END: len(self.questions)}
        for one in self.questions:
            if min(place[one.if_yes.next], place[one.if_no.next]) <= place[one.id]:
                raise ValueError(f"{one.id} leads back")

    @staticmethod
    def _known(kind: str, named: Iterable[str], known: Iterable[str]) -> None:
        if lost := set(named) - set(known):
            raise ValueError(f"no such {kind}: {', '.join(sorted(lost))}")


@cache
def ai_act() -> AiAct:
    """The table, read once."""
    return AiAct.model_validate(read("ai_act.yaml"))
