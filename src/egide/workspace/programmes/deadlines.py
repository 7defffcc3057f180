"""Dates that come: closing dates, and the next dates that the company noted. Also as an .ics file.

The file is RFC 5545: whole days, lines folded at 75 bytes. It goes to calendars outside Égide: it holds the
programme's name and nothing of what the company noted, neither note nor amount nor person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.fitting import Band, Fit
from egide.workspace.programmes.models import Follow, State

ENDED: Final = (State.OBTAINED, State.REFUSED, State.DROPPED)
"""Once there, the closing date of the programme no longer matters; the next date that was noted does."""
_FOLD: Final = 75


class What(StrEnum):
    """What happens that day."""

    CLOSES = "closes"
    NEXT = "next"


_WORDS: Final = {What.CLOSES: _("date limite"), What.NEXT: _("prochaine date notée")}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, what happens then, and for which programme. ``state`` is empty when it is not followed."""

    day: date
    what: What
    programme: str
    name: str
    state: str = ""

    @property
    def words(self) -> str:
        """What happens that day, in words."""
        return str(_WORDS[self.what])

    @property
    def summary(self) -> str:
        """For which programme, and what happens that day."""
        return gettext("%(name)s : %(what)s") % {"name": self.name, "what": self.words}

    def days_from(self, today: date) -> int:
        """How many days remain; negative when it is gone."""
        return (self.day - today).days


def of_followed(follows: Iterable[Follow], entries: Iterable[Entry]) -> list[Deadline]:
    """The dates of what is followed, the nearest first."""
    closing = {entry.id: entry.closing for entry in entries}
    return sorted((one for follow in follows for one in _dates(follow, closing)), key=_order)


def of_others(fits: Iterable[Fit], today: date) -> list[Deadline]:
    """Closing dates to come of programmes that may suit and are not followed, the nearest first."""
    return sorted(
        (
            Deadline(one.entry.closing, What.CLOSES, one.entry.id, one.entry.programme.name)
            for one in fits
            if one.entry.closing
            and one.entry.closing >= today
            and one.entry.follow is None
            and one.band is not Band.OFF
        ),
        key=_order,
    )


def calendar(deadlines: Iterable[Deadline], now: datetime, host: str) -> str:
    """An iCalendar file. ``host`` makes the names of its events unlike those of another Égide."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    with override("fr"):  # a file that is kept, as documents are
        title = gettext("Aides et formations")
        lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            f"PRODID:-//Egide//{title}//FR",
            "CALSCALE:GREGORIAN",
        ]
        for one in deadlines:
            lines += _event(one, stamp, host)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _dates(follow: Follow, closing: dict[str, date | None]) -> Iterator[Deadline]:
    state = State(follow.state)
    told = (follow.programme, follow.name, str(state.label))
    ends = closing.get(follow.programme)
    if ends and state not in ENDED:
        yield Deadline(ends, What.CLOSES, *told)
    if follow.next_on:
        yield Deadline(follow.next_on, What.NEXT, *told)


def _order(one: Deadline) -> tuple[date, str, str]:
    return one.day, one.name, one.what.value


def _event(one: Deadline, stamp: str, host: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{one.programme}-{one.what.value}@{_escaped(host)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(one.summary)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(plain.split())


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 bytes; each but the first begins with a space. No character is cut."""
    piece = ""
    for sign in line:
        if len((piece + sign).encode()) > _FOLD:
            yield piece
            piece = " "
        piece += sign
    yield piece
