"""The example company as its file tells it, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from egide.policy import Role
from egide.reference.files import Strict


class _Person(Strict):
    """``hygiene``: the answers to the points of a campaign, in turn; none: nothing was answered."""

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


class _Usage(Strict):
    slug: str
    name: str
    description: str
    answers: dict[str, Any]


class _Declared(Strict):
    """``returned``: what a pilot says is missing."""

    by: str
    name: str
    description: str
    data: list[str]
    concerned: list[str]
    control: str = ""
    fallback: str = ""
    returned: str = ""


class _Undeclared(Strict):
    tool: str
    purpose: str


class _Diagnosis(Strict):
    """``level`` answers what ``answers`` does not name."""

    level: str
    answers: dict[str, str]


class _Action(Strict):
    """``days`` from the day of loading."""

    question: str
    owner: str
    days: int
    state: str


class _Follow(Strict):
    """``days`` from the day of loading; 0: no date."""

    programme: str
    state: str
    days: int


class _List(Strict):
    name: str
    names: tuple[str, ...]


class _Document(Strict):
    name: str
    text: str


class Example(Strict):
    """The file of the example. ``trial``: a text in which its clients and its document are recognised."""

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
