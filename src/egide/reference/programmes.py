"""Public programmes for small companies: financial aids, self-diagnoses, training, support.

``programmes.yaml`` is kept as it was researched: each entry tells its state at the date of its source, and
whether that source was read. ``help.display_rule`` says when an entry must be shown as to be checked;
``to_check`` applies it. A company may put a newer file of the same form in force (see the workspace).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Annotated, Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from egide.reference.files import Strict, read
from egide.reference.regions import REGIONS
from egide.reference.sources import Slug, Source, day

EVERYWHERE: Final = "France entière"
VARIES: Final = ("selon la région", "selon le pôle")
EVERY_SECTOR: Final = "tous"
YEARS: Final = range(2000, 2100)
"""Days outside are mistakes of typing, and calendars do not hold them all."""

# Bounds: such a file also comes from outside, by a page of the workspace.
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(min_length=1, max_length=2_000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]
Link = Annotated[str, Field(pattern=r"^https://[A-Za-z0-9][^\s<>\"\x00-\x1f\x7f]{1,500}$")]
# The documentation of a service is for people to read: Égide never calls it.
PageLink = Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9][^\s<>\"\x00-\x1f\x7f]{1,500}$")]
Naf = Annotated[str, Field(pattern=r"^\d{2}(\.\d{1,2}[A-Z]?)?$")]
Size = Literal["TPE", "PME", "ETI"]
Kind = Literal["aide_financiere", "autodiagnostic", "formation", "accompagnement"]
Status = Literal["open", "closed", "unknown"]
SourceKind = Literal["officielle", "tiers", "presse", "interne"]


def _day(written: str) -> str:
    """A day of this century, in the one form that files use. Raises ValueError."""
    if len(written) != 10 or date.fromisoformat(written).year not in YEARS:
        raise ValueError("a day is written 2026-11-29")
    return written


class StatusWords(Strict):
    """What each state means."""

    open: Line
    closed: Line
    unknown: Line


class Help(Strict):
    """How the file is read: what its marks mean, and when an entry must be checked again."""

    status: StatusWords
    verified: Text
    url_seen: Text
    stale_after_days: int = Field(ge=1, le=3_650)
    display_rule: Text


class Button(Strict):
    """A button of the official sheet, and where it may lead."""

    label: Line
    target: Link | None
    candidate: Link | None
    verified: bool


class SheetLink(Strict):
    """A link of the official sheet that was read."""

    label: Line
    target: Link
    verified: bool


class SheetLinks(Strict):
    """The official sheet that this directory puts into practice, and its links."""

    page: Link
    published: Line
    updated: Line
    buttons: tuple[Button, ...] = Field(max_length=20)
    explicit_link: SheetLink
    note: Text


class Eligibility(Strict):
    """Who may have it. ``naf``, ``professions``: if any, only these; the rest stands in ``conditions``."""

    sizes: tuple[Size, ...] = Field(min_length=1, max_length=3)
    min_staff: int | None = Field(ge=0, le=1_000_000)
    max_staff: int | None = Field(ge=0, le=1_000_000)
    region: Line
    sectors: Line
    conditions: tuple[Text, ...] = Field(max_length=30)
    naf: tuple[Naf, ...] = Field(default=(), max_length=100)
    professions: tuple[Slug, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.region not in (EVERYWHERE, *VARIES, *REGIONS.values()):
            raise ValueError("the region is not one of France")
        least, most = self.min_staff, self.max_staff
        if least is not None and most is not None and least > most:
            raise ValueError("the least staff is above the most")
        return self


class Amount(Strict):
    """What it brings, as the source says it. The figures are those of ``text``, for who counts with them."""

    text: Text
    rate_pct: float | None = Field(default=None, ge=0, le=100, allow_inf_nan=False)
    rate_as_of: Line | None = None
    rate_source: Line | None = None
    min_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    max_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    max_eur_tpe: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    max_eur_pme: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    base_max_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    budget_max_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    cost_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    self_pay_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    envelope_eur: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    duration_years: int | None = Field(default=None, ge=0)
    places: int | None = Field(default=None, ge=0)


class OtherSource(Strict):
    """A source beside the main one."""

    key: Slug
    title: Line
    url: Link
    date: Line
    verified: bool
    kind: SourceKind


class Programme(Strict):
    """One programme. ``source_date_iso``: the earliest day that ``source_date`` can mean; none if not read.

    ``verified``: its facts were read in a page. ``url_seen``: so was its own address.
    """

    id: Slug
    name: Line
    kind: Kind
    operator: Line
    eligibility: Eligibility
    gives: Text
    amount: Amount
    status: Status
    status_as_of: Line
    closes_on: str | None
    url: Link
    source_title: Line
    source: Link
    source_date: Line
    source_date_iso: str | None
    source_kind: SourceKind
    verified: bool
    url_seen: bool
    other_sources: tuple[OtherSource, ...] = Field(default=(), max_length=20)
    sheet_line: Line | None = None
    note: Text | None = None

    @field_validator("closes_on", "source_date_iso")
    @classmethod
    def _is_a_day(cls, written: str | None) -> str | None:
        return written if written is None else _day(written)

    @model_validator(mode="after")
    def _dated(self) -> Self:
        told = day(self.source_date)
        if told is not None and self.source_date_iso is not None and told != self.dated:
            raise ValueError("source_date and source_date_iso tell two days")
        return self

    @property
    def dated(self) -> date | None:
        """Day of the source, if it was read."""
        return date.fromisoformat(self.source_date_iso) if self.source_date_iso else None

    @property
    def closing(self) -> date | None:
        """Last day to ask for it, if there is one."""
        return date.fromisoformat(self.closes_on) if self.closes_on else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The main source, then the others, as pages show them."""
        main = Source(
            key="source",
            title=self.source_title,
            url=self.source,
            date=self.source_date,
            verified=self.verified,
            kind=self.source_kind,
        )
        return (main, *(Source(**other.model_dump()) for other in self.other_sources))


class Api(Strict):
    """A public service that answers programs: what for, where, how, under which terms."""

    id: Slug
    name: Line
    producer: Line
    use: Text
    base_url: Link
    paths: tuple[Line, ...] = Field(max_length=30)
    parameters: tuple[Line, ...] = Field(max_length=30)
    auth: Line
    rate_limit: Line
    licence: Line
    docs: PageLink
    source_title: Line
    source: PageLink
    source_date: Line
    verified: bool
    note: Text | None = None


class Programmes(Strict):
    """The whole file."""

    schema_version: Literal[1]
    language: Literal["fr"]
    prepared_on: str
    title: Line
    help: Help
    fiche_links: SheetLinks
    programmes: tuple[Programme, ...] = Field(min_length=1, max_length=500)
    apis: tuple[Api, ...] = Field(max_length=50)

    @field_validator("prepared_on")
    @classmethod
    def _is_a_day(cls, written: str) -> str:
        return _day(written)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len({one.id for one in self.programmes}) != len(self.programmes):
            raise ValueError("two programmes have the same id")
        if len({one.id for one in self.apis}) != len(self.apis):
            raise ValueError("two services have the same id")
        return self

    @property
    def prepared(self) -> date:
        """The day it was put together."""
        return date.fromisoformat(self.prepared_on)

    @property
    def stale_after(self) -> timedelta:
        """How long a source may be believed."""
        return timedelta(days=self.help.stale_after_days)


def to_check(programme: Programme, today: date, after: timedelta) -> bool:
    """Whether it is to be shown as to be checked with its operator: the file's ``display_rule``."""
    closed = programme.closing is not None and programme.closing < today
    stale = programme.dated is None or today - programme.dated > after
    return not programme.verified or closed or stale


@cache
def programmes() -> Programmes:
    """The programmes, read once."""
    return Programmes.model_validate(read("programmes.yaml"))
