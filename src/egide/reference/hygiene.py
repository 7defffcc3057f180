"""Good practice and IT hygiene: the points that each collaborator answers for, by theme, with sources.

``hygiene.yaml`` is kept as it was researched.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read
from egide.reference.sources import Slug, Source, day

Frequency = Literal["entree_puis_annuel", "trimestriel", "annuel"]


class Help(Strict):
    """What an attestation is, in words."""

    attestation: str
    frequency: dict[Frequency, str]
    proportionality: str


class Check(Strict):
    """A point. ``text`` is what the person says « yes » to; ``source`` is the title of its first source."""

    id: Slug
    theme: str
    target: str
    text: str
    why: str
    frequency: Frequency
    proof: str = ""
    source: str
    source_url: Annotated[str, Field(pattern="^https://")]
    source_date: str
    verified: bool
    other_sources: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _dated(self) -> Self:
        day(self.source_date)
        return self

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, the first one first. What kind of page it is, the file does not say."""
        first = Source(
            key=self.id,
            title=self.source,
            url=self.source_url,
            date=self.source_date,
            verified=self.verified,
            kind="tiers",
        )
        return (first, *self.other_sources)


class Hygiene(Strict):
    """The whole file."""

    schema_version: int
    language: str
    prepared_on: str
    title: str
    help: Help
    checks: Annotated[tuple[Check, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len({one.id for one in self.checks}) != len(self.checks):
            raise ValueError("two checks have the same id")
        if {one.frequency for one in self.checks} - set(self.help.frequency):
            raise ValueError("a frequency is not told in words")
        if day(self.prepared_on) is None:
            raise ValueError("prepared_on is a date")
        return self

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes, in order."""
        return tuple(dict.fromkeys(one.theme for one in self.checks))

    def check(self, check: str) -> Check | None:
        """The point of this id."""
        return next((one for one in self.checks if one.id == check), None)


@cache
def hygiene() -> Hygiene:
    """The points, read once."""
    return Hygiene.model_validate(read("hygiene.yaml"))
