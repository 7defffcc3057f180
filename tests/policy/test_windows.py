from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.policy.limits import Period
from egide.policy.windows import ZONE, window


def at(text: str) -> float:
    """A moment of French time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()


@pytest.mark.parametrize(
    ("period", "moment", "name", "ends"),
    [
        (Period.MINUTE, "2026-11-28T20:52:59.9", "2026-11-28T19:52Z", "2026-11-28T20:53"),
        (Period.DAY, "2026-11-28T00:00", "2026-11-28", "2026-11-29T00:00"),
        (Period.DAY, "2026-11-28T23:59:59.9", "2026-11-28", "2026-11-29T00:00"),
        (Period.DAY, "2026-12-31T12:00", "2026-12-31", "2027-01-01T00:00"),
        (Period.MONTH, "2026-01-31T12:00", "2026-01", "2026-02-01T00:00"),
        (Period.MONTH, "2028-02-29T23:59", "2028-02", "2028-03-01T00:00"),
        (Period.MONTH, "2026-12-01T00:00", "2026-12", "2027-01-01T00:00"),
        (Period.MONTH, "2026-11-30T23:59:59", "2026-11", "2026-12-01T00:00"),
    ],
)
def test_windows_are_those_of_the_french_calendar(period: Period, moment: str, name: str, ends: str) -> None:
    assert window(period, at(moment)) == (name, at(ends))


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-28", 24)])
def test_a_day_lasts_what_it_lasts_when_the_hour_changes(day: str, hours: int) -> None:
    start = at(f"{day}T00:00")
    assert window(Period.DAY, start).ends - start == hours * 3600


def test_the_hour_that_comes_twice_has_two_windows_of_a_minute() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp()
    assert window(Period.MINUTE, first).name != window(Period.MINUTE, second).name


@given(period=st.sampled_from(Period), now=st.floats(min_value=0, max_value=4_000_000_000))
def test_a_window_holds_its_moment_and_the_next_begins_where_it_ends(period: Period, now: float) -> None:
    found = window(period, now)
    assert found.ends > now
    assert window(period, found.ends - 0.01).name == found.name
    assert window(period, found.ends).name != found.name
