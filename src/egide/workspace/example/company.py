"""The example company as its file tells it, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict

from egide.policy import Role


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    email: str
    name: str
    role: Role


class _Usage(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    name: str
    description: str


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
    people: tuple[_Person, ...]
    usages: tuple[_Usage, ...]
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
