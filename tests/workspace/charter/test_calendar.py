from __future__ import annotations

from datetime import date

import pytest

from egide.workspace.charter.calendar import (
    easter,
    holidays,
    is_working,
    month_after,
    working_days_after,
)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, date(1818, 3, 22)),
        (2000, date(2000, 4, 23)),
        (2008, date(2008, 3, 23)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_easter_is_a_sunday_of_spring_in_every_year() -> None:
    found = [easter(year) for year in range(1900, 2200)]
    assert all(one.weekday() == 6 for one in found)
    assert min((one.month, one.day) for one in found) >= (3, 22)
    assert max((one.month, one.day) for one in found) <= (4, 25)


def test_the_public_holidays_of_2026() -> None:
    assert {f"{one:%d/%m}" for one in holidays(2026)} == {
        "01/01", "06/04", "01/05", "08/05", "14/05", "25/05", "14/07", "15/08", "01/11", "11/11", "25/12",
    }  # fmt: skip


def test_working_days_skip_weekends_and_holidays() -> None:
    assert not is_working(date(2026, 5, 14)), "Ascension"
    assert not is_working(date(2026, 5, 16)), "Saturday"
    assert working_days_after(date(2026, 5, 13), 1) == date(2026, 5, 15)
    assert working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 29)
    assert working_days_after(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert working_days_after(date(2026, 5, 16), 0) == date(2026, 5, 16)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 29), date(2026, 12, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_a_month_after(day: date, expected: date) -> None:
    assert month_after(day) == expected
