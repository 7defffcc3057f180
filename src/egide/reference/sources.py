"""Where a fact comes from: a page or a text, its date as far as it could be read, and whether it was read.

Every file of this folder writes its sources in this form; pages show them one click away from the fact.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
STALE_AFTER: Final = timedelta(days=180)
_DATED: Final = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?= \(|$)")


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
