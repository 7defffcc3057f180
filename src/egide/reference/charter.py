"""The charter of AI use: its clauses with why each is there, its variables, and the French procedure.

Names in double braces are variables. A clause may hold two variants, of which the company keeps one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source

Status = Literal["obligatoire", "obligatoire_sous_condition", "recommande"]
VARIABLE: Final = re.compile(r"\{\{([a-z_]+)\}\}")
# Known only when someone signs.
AT_SIGNATURE: Final = frozenset({"nom_collaborateur", "date_signature"})
# What is signed: not an article.
SIGNATURE: Final = "signature"
_VARIANT: Final = re.compile(r"^Variante ([A-Z]) \((.+?)\) : (.+)$")


class Variable(Strict):
    """A name to fill in. One that is not required may stay empty: what speaks of it is then left out."""

    name: Slug
    label: str
    required: bool


class Variant(Strict):
    """One of the texts that a clause offers."""

    key: str
    label: str
    text: str


class Clause(Strict):
    """An article. ``question`` is asked of the company when the clause depends on its case."""

    id: Slug
    order: int
    title: str
    purpose: str
    status: Status
    status_reason: str
    question: str = ""
    level: str
    disciplinary_effect: bool
    text: str
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _asks_when_it_depends(self) -> Self:
        if (self.status == "obligatoire_sous_condition") != bool(self.question):
            raise ValueError(f"the clause {self.id} asks a question if and only if it depends on a case")
        return self

    @property
    def variants(self) -> tuple[Variant, ...]:
        """The texts to choose from; none when there is but one."""
        found = (_VARIANT.match(line) for line in self.text.splitlines())
        return tuple(
            Variant(key=one[1], label=one[2], text=one[3][:1].upper() + one[3][1:]) for one in found if one
        )


class Case(Strict):
    """What a company of ``from_staff`` to ``to_staff`` people has to do, and had better do: ids of steps."""

    case: str
    from_staff: int
    to_staff: int | None = None
    charter: str
    required: tuple[Slug, ...]
    recommended: tuple[Slug, ...] = ()
    note: str = ""
    sources: tuple[Source, ...]


class Step(Strict):
    """One step of the procedure, and when it is mandatory."""

    id: Slug
    title: str
    mandatory: str
    detail: str
    caution: str = ""
    sources: tuple[Source, ...]


class Timeline(Strict):
    """Benchmarks in days; the texts count in months."""

    avis_cse_sans_expert: int
    avis_cse_avec_expert: int
    entree_vigueur_apres_formalites: int


class Legal(Strict):
    """The procedure."""

    decision_table: tuple[Case, ...]
    steps: tuple[Step, ...]
    timeline_days: Timeline
    case_law: tuple[Source, ...]
    disclaimer: str

    def step(self, name: str) -> Step:
        """The step with this id. Raises KeyError."""
        return {one.id: one for one in self.steps}[name]

    def case_of(self, staff: int) -> Case:
        """The case of a company of this size."""
        return next(one for one in self.decision_table if one.to_staff is None or staff <= one.to_staff)


class Help(Strict):
    """What the words of the file mean."""

    status: dict[Status, str]
    disciplinary_effect: str


class Charter(Strict):
    """The whole file."""

    schema_version: Literal[1]
    language: Literal["fr"]
    prepared_on: str
    title: str
    help: Help
    variables: tuple[Variable, ...]
    clauses: tuple[Clause, ...]
    legal: Legal

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = [one.name for one in self.variables]
        ids = [one.id for one in self.clauses]
        if len(set(known)) != len(known) or len(set(ids)) != len(ids):
            raise ValueError("two variables or two clauses have the same name")
        if [one.order for one in self.clauses] != list(range(1, len(ids) + 1)):
            raise ValueError("the clauses are not in their order")
        used = {name for one in self.clauses for name in VARIABLE.findall(one.text)}
        if used != set(known):
            raise ValueError(f"variables used and listed differ: {sorted(used ^ set(known))}")
        if ids[-1] != SIGNATURE or not set(known) >= AT_SIGNATURE:
            raise ValueError("what is signed must come last, and name who signs and when")
        self._procedure_is_whole()
        return self

    def _procedure_is_whole(self) -> None:
        steps = [one.id for one in self.legal.steps]
        asked = {step for case in self.legal.decision_table for step in case.required}
        if len(set(steps)) != len(steps) or not asked <= set(steps):
            raise ValueError("a case asks for a step that is not described, or a step is there twice")
        bounds = [(case.from_staff, case.to_staff) for case in self.legal.decision_table]
        after = [last + 1 if last is not None else None for _, last in bounds]
        if [0, *after] != [*(first for first, _ in bounds), None]:
            raise ValueError("the cases do not cover every size once")

    @property
    def articles(self) -> tuple[Clause, ...]:
        """All but what is signed."""
        return tuple(one for one in self.clauses if one.id != SIGNATURE)

    @property
    def consent(self) -> Clause:
        """What is signed."""
        return self.clauses[-1]


@cache
def charter() -> Charter:
    """The file, read once."""
    return Charter.model_validate(read("charter.yaml"))
