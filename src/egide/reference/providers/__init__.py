"""AI services: what is known of each plan, with sources and dates, and presets to connect them.

A fact that is not ``verified`` was not read in a source, or its sources disagree: it is shown as such, and
nothing is ever deduced from it. ``Plans.stale`` tells when the whole must be read again.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import Field, HttpUrl, model_validator

from egide.reference.files import Strict, read

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class Source(Strict):
    """Where a fact was read. ``date`` is as precise as the source is: a day, a month, a year, or none."""

    title: str
    url: HttpUrl
    date: str
    kind: Literal["editeur", "secondaire"]
    read_at: str = ""


class Fact(Strict):
    """One thing known of a plan, or not: ``value`` is null when nothing was read."""

    value: bool | str | None
    text: str
    verified: bool
    sources: tuple[Source, ...]

    @property
    def sure(self) -> bool:
        """Whether it may be told without a word of doubt."""
        return self.verified and self.value is not None


class Certifications(Strict):
    """Null: nothing was read."""

    iso_27001: bool | None
    soc_2: bool | None
    hds: bool | None
    secnumcloud: bool | None
    other: tuple[str, ...]
    text: str
    verified: bool
    sources: tuple[Source, ...]

    @property
    def sure(self) -> bool:
        """Whether they may be told without a word of doubt."""
        return self.verified


class Plan(Strict):
    """One service under one contract."""

    id: Slug
    vendor: str
    service: str
    plan: str
    kind: Literal["grand_public", "professionnel_individuel", "professionnel", "api", "local"]
    vendor_country: str
    trains_on_inputs_by_default: Fact
    opt_out: Fact
    retention: Fact
    hosting: Fact
    dpa: Fact
    certifications: Certifications
    suggested_max_class: str
    verified_fields: str
    verified: bool
    availability: Fact | None = None
    note: str = ""
    note_sources: tuple[Source, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How people call it."""
        return f"{self.vendor}, {self.service}, {self.plan}"

    @property
    def facts(self) -> tuple[tuple[str, Fact | Certifications], ...]:
        """What people ask of a service, in the order in which they ask it."""
        told: tuple[tuple[str, Fact | Certifications | None], ...] = (
            ("Entraînement sur ce que vous envoyez", self.trains_on_inputs_by_default),
            ("Comment s'y opposer", self.opt_out),
            ("Durée de conservation", self.retention),
            ("Lieu", self.hosting),
            ("Contrat de sous-traitance (DPA)", self.dpa),
            ("Certifications", self.certifications),
            ("Disponibilité", self.availability),
        )
        return tuple((title, fact) for title, fact in told if fact is not None)


class _Meta(Strict):
    schema_: Literal["egide/reference/providers/2"] = Field(alias="schema")
    title: str
    data_version: str
    written_on: date
    sources_read_up_to: date
    language: str
    not_legal_advice: str
    verified_means: str
    review_after_days: int
    field_rule: str
    not_an_endorsement: str
    duration_format: str


class _Class(Strict):
    id: str
    label: str
    order: int


class Plans(Strict):
    """The whole file."""

    meta: _Meta
    classes: tuple[_Class, ...]
    unverified_markers: dict[str, str]
    sources: dict[str, Source]
    plans: tuple[Plan, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = {one.id for one in self.classes}
        if not {plan.suggested_max_class for plan in self.plans} <= known:
            raise ValueError("a plan suggests a class that does not exist")
        if len({plan.id for plan in self.plans}) != len(self.plans):
            raise ValueError("two plans have the same id")
        return self

    @property
    def review_by(self) -> date:
        """The day until which what is said here may be relied upon."""
        return self.meta.sources_read_up_to + timedelta(days=self.meta.review_after_days)

    def stale(self, today: date) -> bool:
        """Whether the sources must be read again."""
        return today > self.review_by

    def label_of(self, class_id: str) -> str:
        """The French name of a class of data."""
        return next(one.label for one in self.classes if one.id == class_id)


class AddressSource(Strict):
    """Where the address of a service was read; none when it is the vendor's well-known one."""

    title: str
    url: HttpUrl


class Preset(Strict):
    """A service ready to be connected. The head of the file tells what its fields mean."""

    id: Slug
    name: str
    group: Literal["europe", "world", "local"]
    kind: Literal["openai", "anthropic"]
    base_url: str
    example: str = ""
    auth: Literal["", "bearer", "x-api-key", "api-key"] = ""
    addressing: Literal["plain", "deployments"] = "plain"
    api_version: str = ""
    key: Literal["required", "optional", "none"]
    key_place: str = ""
    trust: Literal["public", "contract", "european", "local"]
    signed: Literal["", "contract", "european"] = ""
    plan: str | None
    hint: str
    source: AddressSource | None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not (self.base_url or self.example):
            raise ValueError("a preset has an address or shows the form of one")
        return self


class Presets(Strict):
    """The whole file of presets."""

    presets: tuple[Preset, ...]


@cache
def plans() -> Plans:
    """Every plan, read once."""
    return plans_of(read("providers/plans.yaml"))


def plans_of(content: Any) -> Plans:
    """The plans of a file, their sources in place of their ids. Raises KeyError for one that is not there."""
    return Plans.model_validate({**content, "plans": _cited(content["plans"], content["sources"])})


@cache
def presets() -> dict[str, Preset]:
    """Every preset by its id, in the order of the file. Each names a plan that exists, or none."""
    found = Presets.model_validate(read("providers/presets.yaml")).presets
    known = {plan.id for plan in plans().plans}
    if lost := [one.id for one in found if one.plan is not None and one.plan not in known]:
        raise ValueError(f"presets without their plan: {lost}")
    return {one.id: one for one in found}


def plan_of(preset: Preset) -> Plan | None:
    """What is known of the plan that this preset connects to."""
    return next((plan for plan in plans().plans if plan.id == preset.plan), None)


def _cited(value: Any, sources: dict[str, Any]) -> Any:
    """``value`` with each list of ids of sources replaced by the sources."""
    if isinstance(value, list):
        return [_cited(item, sources) for item in value]
    if isinstance(value, dict):
        return {
            key: [sources[one] for one in item]
            if key in ("sources", "note_sources")
            else _cited(item, sources)
            for key, item in value.items()
        }
    return value
