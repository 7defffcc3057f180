"""The notice to staff: what is recorded of each person, told before their first use. Text and sources."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from egide.reference.files import Strict, read

FIELDS = frozenset({"company", "basis", "providers", "journal", "history_days", "vault_days", "contact"})


class Section(Strict):
    """A heading and its points."""

    id: str
    title: str
    points: tuple[str, ...]


class Source(Strict):
    """A text that the notice rests on. ``verified``: its content was read in a page that was kept."""

    id: str
    title: str
    url: Annotated[str, Field(pattern=r"^https://")]
    date: str
    verified: bool
    note: str = ""


class Notice(Strict):
    """``version`` changes with what is said; names in braces are filled with ``FIELDS``. ``essentials`` come
    first, ``sections`` say all of it."""

    schema_: Annotated[str, Field(alias="schema", pattern=r"^egide/reference/notice/1$")]
    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d{1,3}$")]
    written_on: date
    review_by: date
    title: str
    introduction: str
    essentials: tuple[str, ...]
    not_legal_advice: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        self.filled(dict.fromkeys(FIELDS, ""))
        return self

    def filled(self, told: dict[str, str]) -> Self:
        """The same with the names in braces replaced. KeyError: one lacks."""
        sections = tuple(
            section.model_copy(update={"points": tuple(point.format(**told) for point in section.points)})
            for section in self.sections
        )
        return self.model_copy(
            update={
                "introduction": self.introduction.format(**told),
                "essentials": tuple(point.format(**told) for point in self.essentials),
                "sections": sections,
            }
        )


@cache
def notice() -> Notice:
    """The notice, read once."""
    return Notice.model_validate(read("notice.yaml"))
