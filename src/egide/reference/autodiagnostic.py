"""The self-diagnosis: axes, questions with their four levels, weights, remedies, and how it is scored.

``autodiagnostic.yaml`` is kept as it was researched; ``egide.workspace.diagnosis.scoring`` does what its
``method`` says in words.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source, day

Weight = Annotated[Decimal, Field(gt=0, le=3)]
HIGHEST = 3


class Level(Strict):
    """What a level of maturity is called."""

    level: Annotated[int, Field(ge=0, le=HIGHEST)]
    name: str


class Band(Strict):
    """What a global score is called; ``min`` and ``max`` are whole and included."""

    min: int
    max: int
    label: str


class Method(Strict):
    """How it is scored, in words, with the levels and the bands."""

    levels: tuple[Level, ...]
    axis_score: str
    global_score: str
    unknown_answer: str
    not_applicable: str
    critical_rule: str
    bands: tuple[Band, ...]
    remedies: str
    design_note: str
    disclaimer: str

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if [one.level for one in self.levels] != list(range(HIGHEST + 1)):
            raise ValueError("the levels are 0 to 3, in order")
        ends = [-1, *(band.max for band in self.bands)]
        if [band.min for band in self.bands] != [end + 1 for end in ends[:-1]] or ends[-1] != 100:
            raise ValueError("the bands must cover 0 to 100 without a gap")
        return self


class Axis(Strict):
    """A theme. ``questions`` is how many it has, ``sheet_part`` the part of the public sheet."""

    id: Slug
    name: str
    weight: Weight
    sheet_part: str
    questions: int


class Choice(Strict):
    """A level of one question, in words."""

    level: int
    label: str


class Remedy(Strict):
    """What to do at this level or below. ``feature`` names what of Égide does it, if anything."""

    trigger_at_or_below: Annotated[int, Field(ge=0, le=HIGHEST)]
    text: str
    feature: str | None
    training_module: Slug | None
    programme_ids: tuple[Slug, ...]


class Question(Strict):
    """A question. ``applies_if``: the condition, in words, without which it does not count."""

    id: Slug
    axis: Slug
    text: str
    weight: Weight
    critical: bool
    applies_if: str = ""
    answers: tuple[Choice, ...]
    remedy: Remedy
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _four_levels(self) -> Self:
        if [one.level for one in self.answers] != list(range(HIGHEST + 1)):
            raise ValueError(f"the answers of {self.id} are not the levels 0 to 3")
        return self

    @property
    def may_be_set_aside(self) -> bool:
        """Whether one may answer « sans objet »: a critical question cannot, unless it has a condition."""
        return bool(self.applies_if) or not self.critical


class Questionnaire(Strict):
    """The whole file."""

    schema_version: int
    language: str
    prepared_on: str
    title: str
    method: Method
    axes: tuple[Axis, ...]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if day(self.prepared_on) is None:
            raise ValueError("prepared_on is a date")
        axes = [one.id for one in self.axes]
        if len(set(axes)) != len(axes) or len({one.id for one in self.questions}) != len(self.questions):
            raise ValueError("two axes or two questions have the same id")
        if {one.axis for one in self.questions} - set(axes):
            raise ValueError("a question is of an axis that the file does not list")
        for axis in self.axes:
            if len(self.of_axis(axis.id)) != axis.questions:
                raise ValueError(f"the axis {axis.id} does not have as many questions as it says")
        return self

    def of_axis(self, axis: str) -> tuple[Question, ...]:
        """The questions of an axis, in order."""
        return tuple(one for one in self.questions if one.axis == axis)

    def axis(self, axis: str) -> Axis | None:
        """The axis of this id."""
        return next((one for one in self.axes if one.id == axis), None)

    def question(self, question: str) -> Question | None:
        """The question of this id."""
        return next((one for one in self.questions if one.id == question), None)


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire, read once."""
    return Questionnaire.model_validate(read("autodiagnostic.yaml"))
