"""The calendar windows in which use is counted: the minute, and the day and month of French time.

Pure: the time is given. A minute is named in UTC, because one hour of local time comes twice in autumn.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from egide.policy.limits import Period

ZONE: Final = ZoneInfo("Europe/Paris")
_MINUTE: Final = 60


class Window(NamedTuple):
    """``name`` is the same for all moments of it; ``ends`` is its first moment after, in POSIX seconds."""

    name: str
    ends: float


def window(period: Period, now: float) -> Window:
    """The window of this kind that holds ``now`` (POSIX seconds)."""
    return _WINDOWS[period](now)


def _minute(now: float) -> Window:
    start = now // _MINUTE * _MINUTE
    return Window(datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%MZ"), start + _MINUTE)


def _day(now: float) -> Window:
    day = datetime.fromtimestamp(now, ZONE).date()
    return Window(day.isoformat(), _midnight(day + timedelta(days=1)))


def _month(now: float) -> Window:
    day = datetime.fromtimestamp(now, ZONE).date()
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Window(f"{day:%Y-%m}", _midnight(following))


def _midnight(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()


_WINDOWS: Final[dict[Period, Callable[[float], Window]]] = {
    Period.MINUTE: _minute,
    Period.DAY: _day,
    Period.MONTH: _month,
}
