"""The library as pages show it: favourites first, then by title; versions; what a pilot has to read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import F
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language, gettext

from egide import errors
from egide.workspace.accounts.models import User
from egide.workspace.prompts import cases, catalogue, marks, own, sealing
from egide.workspace.prompts.catalogue import Entry
from egide.workspace.prompts.comparing import Difference, differences
from egide.workspace.prompts.marks import Average
from egide.workspace.prompts.models import Case, Prompt, Trial, Version
from egide.workspace.providers.services import in_force


@dataclass(frozen=True, slots=True)
class Line:
    """A prompt in the list, made ready for it: there are hundreds. ``words`` is what the search reads: title,
    purpose, department and text. ``rating`` and ``by`` are words, empty when ratings are few and for a
    ready prompt."""

    ref: str
    title: str
    use_case: str
    department: str
    words: str
    by: str
    is_draft: bool
    favourite: bool
    rating: str


def lines(reader: User, department: str = "") -> list[Line]:
    """The prompts that this person may use, those of one department when it is named."""
    wanted, averages = marks.favourites(reader), marks.averages()
    found = [
        _line(entry, averages.get(entry.ref), favourite=entry.ref in wanted)
        for entry in catalogue.entries(reader)
        if department not in catalogue.departments() or entry.content.department == department
    ]
    return sorted(found, key=lambda line: not line.favourite)


@lru_cache(maxsize=1_000)
def _stars(average: float, _language: str | None) -> str:
    return floatformat(average, 1)


def _rating(average: Average) -> str:
    said = (
        gettext("moins de %(stars)s sur 5 (%(number)s avis ou plus)")
        if average.low
        else gettext("%(stars)s sur 5 (%(number)s avis ou plus)")
    )
    return said % {"stars": _stars(average.stars, get_language()), "number": average.number}


def _line(entry: Entry, average: Average | None, *, favourite: bool) -> Line:
    content, department = entry.content, entry.department
    return Line(
        ref=entry.ref,
        title=content.title,
        use_case=content.use_case,
        department=department,
        words=f"{content.title} {content.use_case} {department} {content.template}",
        by=gettext("par %(author)s") % {"author": entry.author} if entry.author else "",
        is_draft=bool(entry.state) and not entry.version,
        favourite=favourite,
        rating=_rating(average) if average else "",
    )


@dataclass(frozen=True, slots=True)
class Approved:
    """A version, and what changed since the one before."""

    version: Version
    changes: list[Difference]


def versions_of(ref: str) -> list[Approved]:
    """The versions of a prompt of the company, the latest first."""
    rows = (
        Version.objects.filter(prompt=own.id_of(ref))
        .select_related("prompt", "approved_by")
        .order_by("number")
    )
    found, before = [], None
    for row in rows:
        content = sealing.open_version(row)
        found.append(Approved(row, differences(before, content)))
        before = content
    return found[::-1]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A prompt that a pilot must decide on: all of it, or what changes of the version in force."""

    entry: Entry
    seen: str
    replaces: int
    changes: list[Difference]


def waiting_for(rows: list[Prompt]) -> list[Waiting]:
    """These prompts with what the pilot must read."""
    in_force = Version.objects.filter(prompt__in=rows, number=F("prompt__current")).select_related("prompt")
    contents = {row.prompt_id: sealing.open_version(row) for row in in_force}
    found = []
    for row in rows:
        entry = catalogue.of_draft(row)
        changes = differences(contents.get(row.pk), entry.content)
        found.append(Waiting(entry, sealing.digest(entry.content), row.current or 0, changes))
    return found


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial: its answer in clear, or why there is none."""

    row: Trial
    provider: str
    answer: str
    problem: str


@dataclass(frozen=True, slots=True)
class Tries:
    """A case and its trials."""

    id: UUID
    name: str
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    trials: list[Tried]


def cases_of(owner: User, ref: str) -> list[Tries]:
    """The cases of this person for this prompt, the latest trials first."""
    names = {one.id: one.name for one in in_force()}
    return [_tries(row, names) for row in cases.mine(owner, ref)]


def case_of(owner: User, ref: str, case: UUID) -> Tries:
    """One of them. Raises WorkspaceError EG-6479."""
    return _tries(cases.find(owner, ref, case), {one.id: one.name for one in in_force()})


def _tries(row: Case, names: dict[str, str]) -> Tries:
    saved = cases.opened(row)
    tried = [_tried(row, trial, names) for trial in row.trials.all()]
    return Tries(saved.id, saved.name, saved.must, saved.must_not, tried)


def _tried(case: Case, trial: Trial, names: dict[str, str]) -> Tried:
    trial.case = case  # its owner is read already
    french = errors.catalogue()
    problem = errors.catalogue(errors.spoken.get()).get(trial.code, french.get(trial.code))
    why = problem.title if problem and "{" not in problem.title else ""
    return Tried(trial, names.get(trial.provider, gettext("service retiré")), sealing.open_answer(trial), why)
