"""Ready prompts: their text with variables, the classes of data they allow, what to verify in the answer.

``prompts.yaml`` also says which kinds of recognised values stand for each class: the one place that joins
the classes of the prompts and the labels of the detection.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source

VARIABLE: Final = re.compile(r"\{\{([a-z][a-z0-9_]{0,39})\}\}")
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Risk = Literal["faible", "moyen", "élevé"]
Rule = Literal[
    "libre",
    "outil autorisé",
    "pseudonymisation obligatoire",
    "modèle local seulement, ou interdit",
    "interdit",
]


class Help(Strict):
    """What is true of every prompt. ``instruction`` ends each text that is sent."""

    rule: str
    system_note: str
    instruction: str
    origin: str
    sources: tuple[Source, ...]


class DataClass(Strict):
    """A class of data. ``labels``: the recognised values that stand for it; ``missing``: what escapes."""

    id: Slug
    label: str
    definition: str
    rule: Rule
    labels: tuple[str, ...]
    missing: str


class Unclassed(Strict):
    """Recognised values that stand for no class by themselves."""

    labels: tuple[str, ...]
    why: str


class Department(Strict):
    """Who a prompt is for."""

    id: Slug
    label: str


class Variable(Strict):
    """A blank of the text. ``label`` is the question; ``long``: several lines are expected."""

    id: Name
    label: str
    long: bool


class Check(Strict):
    """A thing to verify in the answer."""

    id: Slug
    text: str


class Data(Strict):
    """Classes of data; one in none of the first two is forbidden."""

    allowed: tuple[Slug, ...]
    allowed_after_pseudonymisation: tuple[Slug, ...]
    forbidden: tuple[Slug, ...]


class Prompt(Strict):
    """A ready prompt."""

    id: Slug
    department: Slug
    title: str
    use_case: str
    template: str
    variables: tuple[Name, ...]
    data: Data
    checklist: tuple[Check, ...]
    risk: Risk
    review_by: str

    @model_validator(mode="after")
    def _names_its_variables(self) -> Self:
        if sorted(variables_of(self.template)) != sorted(self.variables):
            raise ValueError(f"the variables of {self.id} are not those of its text")
        return self


class Prompts(Strict):
    """The whole file."""

    schema_version: Literal[1]
    language: str
    prepared_on: str
    title: str
    help: Help
    data_classes: tuple[DataClass, ...]
    unclassed: Unclassed
    departments: tuple[Department, ...]
    variables: tuple[Variable, ...]
    checklist_items: tuple[Check, ...]
    prompts: tuple[Prompt, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for parts in (
            self.data_classes,
            self.departments,
            self.variables,
            self.checklist_items,
            self.prompts,
        ):
            _once([part.id for part in parts])
        _once([source.key for source in self.help.sources])
        _once([label for one in self.data_classes for label in one.labels] + list(self.unclassed.labels))
        for prompt in self.prompts:
            self._check(prompt)
        return self

    def _check(self, prompt: Prompt) -> None:
        data = prompt.data
        told = [*data.allowed, *data.allowed_after_pseudonymisation, *data.forbidden]
        if sorted(told) != sorted(one.id for one in self.data_classes):
            raise ValueError(f"{prompt.id} must tell of each class of data once")
        if prompt.department not in {one.id for one in self.departments}:
            raise ValueError(f"{prompt.id} is for a department that the file does not list")
        if not set(prompt.variables) <= {one.id for one in self.variables}:
            raise ValueError(f"{prompt.id} has a variable that the file does not list")
        if not set(prompt.checklist) <= set(self.checklist_items):
            raise ValueError(f"{prompt.id} has something to verify that the file does not list")

    def data_class(self, wanted: str) -> DataClass:
        """The class of this id. Raises KeyError."""
        return {one.id: one for one in self.data_classes}[wanted]

    def class_of(self, label: str) -> str | None:
        """The id of the class that a recognised value stands for."""
        return next((one.id for one in self.data_classes if label in one.labels), None)


def variables_of(template: str) -> tuple[str, ...]:
    """The variables of a text, once each, in the order in which they first come."""
    return tuple(dict.fromkeys(VARIABLE.findall(template)))


@cache
def prompts() -> Prompts:
    """The file, read once."""
    return Prompts.model_validate(read("prompts.yaml"))


def _once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"{one} is told twice")
        seen.add(one)
