"""The training: modules with their facts, exercise and quiz, and the lesson of each, written for people.

``training.yaml`` is kept as it was researched, every fact and answer with its sources. ``lessons/<id>.yaml``
is what people read; its ``version`` is that of the whole module: what people were tested on under another
version, they have to be tested on again.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source

Text = Annotated[str, Field(min_length=1)]
Paragraphs = Annotated[tuple[Text, ...], Field(min_length=1)]
Renewal = Literal["once", "yearly", "charter"]


class Fact(Strict):
    """A fact to remember, and where it comes from."""

    text: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


class Question(Strict):
    """A question of a quiz. ``correct``: places in ``options``, which pages show in another order."""

    id: Slug
    type: Literal["unique", "multiple"]
    text: Text
    options: Annotated[tuple[Text, ...], Field(min_length=2)]
    correct: Annotated[tuple[int, ...], Field(min_length=1)]
    explanation: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _answerable(self) -> Self:
        if len(set(self.options)) != len(self.options):
            raise ValueError(f"two options of {self.id} are the same")
        if list(self.correct) != sorted(set(self.correct) & set(range(len(self.options)))):
            raise ValueError(f"the right options of {self.id} are not places in its options")
        if self.type == "unique" and len(self.correct) != 1:
            raise ValueError(f"{self.id} has one right option")
        return self


class Module(Strict):
    """A module. ``renewal``: passed once, again each year, or again with each version of the charter."""

    id: Slug
    title: Text
    goal: Text
    duration_min: Annotated[int, Field(gt=0)]
    renewal: Renewal = "once"
    sheet_line: str
    key_facts: Annotated[tuple[Fact, ...], Field(min_length=1)]
    exercise: Text
    pass_score_pct: Annotated[int, Field(ge=1, le=100)]
    quiz: Annotated[tuple[Question, ...], Field(min_length=1)]


class Help(Strict):
    """What the company keeps as a proof, and when people train again."""

    proof: Text
    renewal: Text
    shuffle: Text


class Training(Strict):
    """The whole file."""

    schema_version: Literal[1]
    language: Literal["fr"]
    prepared_on: str
    title: Text
    help: Help
    modules: tuple[Module, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        if len({module.id for module in self.modules}) != len(self.modules):
            raise ValueError("two modules have the same id")
        questions = [question.id for module in self.modules for question in module.quiz]
        if len(set(questions)) != len(questions):
            raise ValueError("two questions have the same id")
        return self


class Example(Strict):
    """The same task asked for badly, then well, and what changes."""

    before: Text
    after: Text
    difference: Text


class Practice(Strict):
    """What to do in the Assistant; ``text`` can be copied there, and names nobody who exists."""

    steps: Paragraphs
    text: str = ""


class Lesson(Strict):
    """What people read before the quiz, in short parts."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,2}$")]
    what: Paragraphs
    scene: Paragraphs
    steps: Paragraphs
    example: Example
    mistake: Paragraphs
    practice: Practice


@cache
def training() -> Training:
    """The modules, read once."""
    return Training.model_validate(read("training.yaml"))


@cache
def lessons() -> dict[str, Lesson]:
    """The lesson of each module, by its id."""
    return {one.id: Lesson.model_validate(read(f"lessons/{one.id}.yaml")) for one in training().modules}


@cache
def modules() -> dict[str, Module]:
    """Each module by its id, in order."""
    return {one.id: one for one in training().modules}


@cache
def questions() -> dict[str, Question]:
    """Each question by its id."""
    return {question.id: question for module in training().modules for question in module.quiz}


def version(module: Module) -> str:
    """The version of what this module teaches and asks."""
    return lessons()[module.id].version
