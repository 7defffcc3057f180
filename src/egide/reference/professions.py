"""Regulated professions: what their secret asks of generative AI, with sources, and what was checked.

``professions.yaml`` is kept as it was researched: each entry and each legal reference says whether its
content was read (``verified``). ``blocked_classes.yaml`` says what Égide recognises of each class.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_]{0,39}$")]
Coverage = Literal["full", "partial", "none"]


class Meta(Strict):
    """Where the file comes from, and until when its sources were read. ``schema`` names its form."""

    form: str = Field(alias="schema")
    title: str
    data_version: str
    written_on: str
    sources_read_up_to: str
    language: str
    not_legal_advice: str
    verified_means: str
    verified_note: str


class Source(Strict):
    """A page or a text. ``url`` is empty when none is known."""

    id: str
    title: str
    url: str
    date: str
    kind: Literal["texte", "officiel", "secondaire"]
    official_url: str = ""
    read_at: str = ""


class LegalRef(Strict):
    """A legal reference, and whether its content was read."""

    ref: str
    verified: bool


class Guidance(Strict):
    """What a professional body says of generative AI."""

    body: str
    title: str
    date: str
    key_points: tuple[str, ...]
    verified: bool
    sources: tuple[Source, ...]


class BlockedClass(Strict):
    """A kind of data that a profession keeps secret."""

    id: Id
    label: str


class Profession(Strict):
    """A profession or a sector, and the classes of data that it does not hand over."""

    id: Id
    label: str
    sector: str
    obligation: str
    legal_refs: tuple[LegalRef, ...]
    implies_for_generative_ai: tuple[str, ...]
    extra_blocked_classes: tuple[Id, ...]
    guidance: tuple[Guidance, ...]
    sanction: str
    verified: bool
    sources: tuple[Source, ...]
    hosting: str = ""
    note: str = ""
    limits: str = ""
    ai_act_points: tuple[str, ...] = ()


class Professions(Strict):
    """The whole file."""

    meta: Meta
    blocked_classes: tuple[BlockedClass, ...]
    professions: tuple[Profession, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = {one.id for one in self.blocked_classes}
        if len(known) != len(self.blocked_classes):
            raise ValueError("two blocked classes have the same id")
        if len({one.id for one in self.professions}) != len(self.professions):
            raise ValueError("two professions have the same id")
        if not {used for one in self.professions for used in one.extra_blocked_classes} <= known:
            raise ValueError("a profession blocks a class that the file does not list")
        return self


class Reach(Strict):
    """What Égide recognises of one blocked class: labels, actions outside the company, and what it misses.

    ``actions`` is by trust of the provider; a trust that is not named is left to the policy.
    """

    id: Id
    coverage: Coverage
    labels: tuple[str, ...] = ()
    actions: dict[str, str] = Field(default_factory=dict)
    why: str
    missing: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.coverage == "none") == bool(self.labels) or bool(self.labels) != bool(self.actions):
            raise ValueError("labels and actions go together, and with a coverage")
        if (self.coverage == "full") == bool(self.missing):
            raise ValueError("what is missing is told, unless nothing is")
        return self


@cache
def professions() -> Professions:
    """The professions, read once."""
    return Professions.model_validate(read("professions.yaml"))


@cache
def reaches() -> dict[str, Reach]:
    """What is recognised of each blocked class, by its id. Every class of the professions is there."""
    told = [Reach.model_validate(entry) for entry in read("blocked_classes.yaml")]
    found = {reach.id: reach for reach in told}
    if set(found) != {one.id for one in professions().blocked_classes} or len(found) != len(told):
        raise ValueError("blocked_classes.yaml must tell each class of professions.yaml once")
    return found
