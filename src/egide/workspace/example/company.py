"""The example company as its file tells it, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from egide.policy import Role


class _Person(BaseModel):
    """``hygiene``: the answers to the points of a campaign, in turn; none: nothing was answered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    email: str
    name: str
    role: Role
    department: str
    read: bool = True
    signed: bool = True
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    favourites: tuple[str, ...] = ()
    stars: dict[str, int] = {}
    hygiene: tuple[str, ...] = ()


class _Usage(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    name: str
    description: str
    answers: dict[str, Any]


class _Declared(BaseModel):
    """``returned``: what a pilot says is missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str
    name: str
    description: str
    data: list[str]
    concerned: list[str]
    control: str = ""
    fallback: str = ""
    returned: str = ""


class _Undeclared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    tool: str
    purpose: str


class _Diagnosis(BaseModel):
    """``level`` answers what ``answers`` does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: str
    answers: dict[str, str]


class _Action(BaseModel):
    """``days`` from the day of loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    owner: str
    days: int
    state: str


class _Follow(BaseModel):
    """``days`` from the day of loading; 0: no date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    programme: str
    state: str
    days: int


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    names: tuple[str, ...]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    text: str


class Example(BaseModel):
    """The file of the example. ``trial``: a text in which its clients and its document are recognised."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    profile: dict[str, Any]
    contact: str
    basis: str
    people: tuple[_Person, ...]
    usages: tuple[_Usage, ...]
    declared: tuple[_Declared, ...]
    undeclared: _Undeclared
    diagnoses: tuple[_Diagnosis, ...]
    actions: tuple[_Action, ...]
    follows: tuple[_Follow, ...]
    terms: tuple[str, ...]
    exemptions: tuple[str, ...]
    clients: _List
    document: _Document
    trial: str


@cache
def example() -> Example:
    """The example, read once."""
    text = resources.files("egide.workspace.example").joinpath("company.yaml").read_text(encoding="utf-8")
    return Example.model_validate(yaml.safe_load(text))
