"""What a check of the reference says: faults, each in its file, and figures by file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in French. ``id``: of what, empty for the whole file."""

    file: str
    id: str
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """A file: how many ids, citations of sources, facts, and facts to review; none where it is wrong."""

    file: str
    ids: int
    sources: int | None = None
    facts: int | None = None
    to_review: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole. ``kept``: the list of shipped ids, with those of the files added."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    kept: frozenset[str]
