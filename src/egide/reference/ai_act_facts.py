"""The entries of the AI Act that questions, outcomes and duties rest on, each with where it was read."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from egide.reference.files import Strict
from egide.reference.sources import Slug

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]


class Given(Strict):
    """A page or a text, as the file writes it under its key. ``official_url``: where the law itself is."""

    title: str
    url: str
    date: str
    verified: bool
    kind: Literal["officielle", "tiers", "presse", "interne"]
    official_url: str = ""


class Fact(Strict):
    """An entry of the law, with where it was read and whether it was."""

    legal_ref: str
    verified: bool
    sources: tuple[Slug, ...] = ()


class Duty(Fact):
    """What is to be done, by whom (``tous``: everybody), and what proves it."""

    id: Id
    role: tuple[str, ...]
    text: str
    applies_from: date
    evidence: tuple[str, ...]
    feature: str = ""


class Role(Fact):
    """What a company is to a system."""

    id: Slug
    label: str
    test: str


class Practice(Fact):
    """A prohibited practice."""

    id: Id
    text: str
    limits: str = ""
    applies_from: date
    fine_tier: str


class AnnexI(Fact):
    """The laws of products whose safety components are at high risk."""

    id: Id
    rule: str
    section_a: tuple[str, ...]
    section_b: tuple[str, ...]
    section_b_effect: str
    safety_component_after_2026: str


class Point(Strict):
    """A use of annex III."""

    id: Id
    legal_ref: str
    text: str


class Domain(Fact):
    """A domain of annex III."""

    id: Id
    label: str
    points: tuple[Point, ...]


class Condition(Strict):
    """A condition of article 6(3)."""

    id: Id
    text: str


class Exceptions(Fact):
    """What lets a use of annex III out of high risk."""

    id: Id
    text: str
    conditions: tuple[Condition, ...]
    duty: str


class Milestone(Fact):
    """A date of the calendar, and what applies from it. ``original_date_2024``: before it was put off."""

    id: Slug
    applies_from: date
    text: str
    original_date_2024: date | None = None
    changed_by: str = ""


class Statement(Strict):
    """What happened to the law, and what sources do not agree on."""

    date: date
    text: str
    verified: bool
    sources: tuple[Slug, ...] = ()


class Fine(Fact):
    """The highest fine of a tier."""

    id: Slug
    text: str
    cap_eur: int
    cap_pct: float


class FineRules(Strict):
    """Which of the two caps holds."""

    general: str
    small: str
    note_gpai: str
    national: str
    verified: bool
    sources: tuple[Slug, ...] = ()


class Authorities(Strict):
    """Who controls, as far as it is known."""

    text: str
    verified: bool
    status: str
    sources: tuple[Slug, ...] = ()
