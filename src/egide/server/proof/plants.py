"""The planted values: one invented French value of every label, in a sentence as people write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from egide.detection import LABELS


@dataclass(frozen=True, slots=True)
class Plant:
    """A sentence and the value to look for in it. ``not_yet`` says why no rule can find it today."""

    label: str
    text: str = field(repr=False)
    value: str = field(repr=False)
    company: bool = False
    document: bool = False
    not_yet: str | None = None


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str
    found_by: Literal["rules", "company", "document"] = "rules"
    not_yet: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    version: int
    date: object
    plants: dict[str, _Row]


@cache
def plants() -> tuple[Plant, ...]:
    """One plant per label, in the order of the labels; a label without a plant is an error of ours."""
    source = resources.files("egide.reference").joinpath("verify.yaml")
    rows = _File.model_validate(yaml.safe_load(source.read_text(encoding="utf-8"))).plants
    if set(rows) != set(LABELS):
        raise ValueError(f"verify.yaml and the labels differ: {sorted(set(rows) ^ set(LABELS))}")
    return tuple(_plant(label, rows[label]) for label in LABELS)


def _plant(label: str, row: _Row) -> Plant:
    before, value, after = row.text.replace("⟧", "⟦").split("⟦")
    company, document = row.found_by == "company", row.found_by == "document"
    return Plant(label, before + value + after, value, company, document, row.not_yet)
