"""Where a fact comes from: a page or a text, its date as far as it could be read, and whether it was read.

Every file of this folder writes its sources in this form; pages show them one click away from the fact.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import resources
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
STALE_AFTER: Final = timedelta(days=180)
_DATED: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?= \(|$)")


class Strict(BaseModel):
    """A part of a reference file: what the form does not name is refused, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """A page or a text. ``verified``: its content was read; ``date`` as written, in words if need be."""

    key: Slug
    title: str
    url: str
    date: str
    verified: bool
    kind: Literal["officielle", "tiers", "presse", "interne"]

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        if self.kind != "interne" and not self.url.startswith("https://"):
            raise ValueError(f"the address of {self.key} is no https link")
        day(self.date)
        return self


def day(written: str) -> date | None:
    """The earliest day that a written date can mean; none when it was not read. Raises ValueError."""
    found = _DATED.match(written)
    if found is None:
        return None
    year, month, of_month = (int(part) if part else 1 for part in found.groups())
    return date(year, month, of_month)


def to_review(written: str, today: date, after: timedelta = STALE_AFTER) -> bool:
    """Whether a fact of this date has to be checked again: past its review date, or of a date not read."""
    known = day(written)
    return known is None or today - known > after


def read(name: str) -> Any:
    """The content of a file of this folder, as YAML gives it."""
    return yaml.safe_load(resources.files("egide.reference").joinpath(name).read_text("utf-8"))
