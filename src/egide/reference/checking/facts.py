"""Facts, the sources they cite, and those that pages mark as to be reviewed.

A fact is to review when it was not verified, when a source of it was not read or has no date that was read,
or when its file is past its review: the days that the file gives itself, else those of ``sources``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from egide.reference.checking.report import Fault
from egide.reference.checking.walking import Node, nodes
from egide.reference.sources import STALE_AFTER, day, to_review

_CITED: Final = ("sources", "note_sources", "other_sources", "case_law", "source")


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, as a fact cites it."""

    date: str
    verified: bool

    def unsure(self) -> bool:
        """Whether it was not read, or bears no date that was."""
        return not self.verified or day(self.date) is None


def facts(content: Any, today: date) -> Iterator[tuple[int, bool]]:
    """Of each fact: how many sources it cites, and whether it is to be reviewed. Raises ValueError."""
    named, stale = _named(content), _past(content, today)
    dated = _own_days(content)
    for node in nodes(content):
        cited, said = _cited(node, named), node.content.get("verified")
        if node.is_source or not (cited or isinstance(said, bool)):
            continue
        old = stale
        if dated is not None and "source_date_iso" in node.content:
            written = node.content["source_date_iso"]
            old = written is None or to_review(str(written), today, dated)
        yield len(cited), old or said is False or any(one.unsure() for one in cited)


def lost_sources(file: str, content: Any) -> list[Fault]:
    """The sources that facts name and that the file does not describe."""
    named = _named(content)
    return [
        Fault(file, node.id, f"la source « {one} » n'existe pas")
        for node in nodes(content)
        for key in _CITED
        if isinstance(node.content.get(key), list)
        for one in node.content[key]
        if isinstance(one, str) and one not in named
    ]


def _named(content: Any) -> dict[str, Any]:
    return _part(content, "sources")


def _cited(node: Node, named: dict[str, Any]) -> list[Cited]:
    own = node.content
    found = []
    if "source_date" in own:
        found.append(Cited(str(own["source_date"]), own.get("verified") is True))
    for key in _CITED:
        listed = own.get(key)
        for one in listed if isinstance(listed, list) else [listed]:
            source = named.get(one) if isinstance(one, str) else one
            if isinstance(source, dict) and "url" in source:
                found.append(Cited(str(source.get("date", "")), source.get("verified", True) is True))
    return found


def _own_days(content: Any) -> timedelta | None:
    """How long each source of the file may be believed, when it says so of each."""
    days = _part(content, "help").get("stale_after_days")
    return timedelta(days=days) if isinstance(days, int) else None


def _past(content: Any, today: date) -> bool:
    """Whether the whole file is past its review."""
    told = {**_part({"": content}, ""), **_part(content, "meta")}
    if limit := told.get("review_by") or told.get("review"):
        return today > date.fromisoformat(str(limit))
    days = told.get("review_after_days")
    after = timedelta(days=days) if isinstance(days, int) else STALE_AFTER
    read = next((told[key] for key in ("sources_read_up_to", "prepared_on", "date") if key in told), None)
    return read is not None and to_review(str(read), today, after)


def _part(content: Any, key: str) -> dict[str, Any]:
    found = content.get(key) if isinstance(content, dict) else None
    return found if isinstance(found, dict) else {}
