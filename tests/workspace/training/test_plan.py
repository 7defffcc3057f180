from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from egide.reference.training import modules
from egide.workspace.training.plan import Passed, Reason, Rule, State, standing

START = datetime(2026, 1, 10, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def _rule(module: str = "m1", **more: Any) -> Rule:
    return replace(Rule(modules()[module], "2026.1.1", first=START, current=START), **more)


def test_a_newcomer_has_thirty_days_from_their_arrival() -> None:
    found = standing(_rule(), None, NOW, date(2026, 7, 1))
    assert (found.state, found.due, found.late) == (State.TO_DO, date(2026, 7, 1), False)
    assert standing(_rule(), None, NOW, date(2026, 7, 2)).late


def test_who_was_there_before_has_thirty_days_from_the_first_edition() -> None:
    long_ago = datetime(2019, 5, 1, tzinfo=UTC)
    assert standing(_rule(), None, long_ago, date(2026, 1, 20)).due == date(2026, 2, 9)
    # A newer edition gives nobody more time.
    newer = _rule(current=NOW, version="2026.6.1")
    assert standing(newer, None, long_ago, date(2026, 6, 1)).due == date(2026, 2, 9)


def test_a_module_is_passed_once_unless_its_content_changes() -> None:
    passed = Passed("2026.1.1", START + timedelta(days=3))
    kept = standing(_rule(), passed, START, date(2040, 1, 1))
    assert (kept.state, kept.due, kept.passed_on) == (State.PASSED, None, date(2026, 1, 13))
    changed = standing(_rule(version="2026.6.1", current=NOW), passed, START, date(2026, 6, 2))
    assert (changed.state, changed.reason) == (State.TO_RENEW, Reason.CONTENT)
    assert (changed.due, changed.late) == (date(2026, 7, 1), False)
    assert standing(_rule(version="2026.6.1", current=NOW), passed, START, date(2026, 7, 2)).late


@pytest.mark.parametrize(
    ("today", "state", "late"),
    [
        (date(2026, 12, 13), State.PASSED, False),
        (date(2026, 12, 14), State.TO_RENEW, False),
        (date(2027, 1, 13), State.TO_RENEW, False),
        (date(2027, 1, 14), State.TO_RENEW, True),
    ],
)
def test_some_modules_are_passed_each_year(today: date, state: State, late: bool) -> None:
    found = standing(_rule("m2"), Passed("2026.1.1", START + timedelta(days=3)), START, today)
    assert (found.state, found.late, found.due) == (state, late, date(2027, 1, 13))


def test_a_module_passed_on_a_leap_day_is_due_on_the_day_before() -> None:
    leap = Passed("2026.1.1", datetime(2028, 2, 29, 12, tzinfo=UTC))
    assert standing(_rule("m2"), leap, START, date(2028, 3, 1)).due == date(2029, 2, 28)


@pytest.mark.parametrize(("cause", "reason"), [("asked", Reason.ASKED), ("charter", Reason.CHARTER)])
def test_what_is_asked_again_counts_until_it_is_passed_again(cause: str, reason: Reason) -> None:
    rule = _rule("m8", **{cause: NOW})
    before = standing(rule, Passed("2026.1.1", NOW - timedelta(hours=1)), START, date(2026, 6, 2))
    assert (before.state, before.reason, before.due) == (State.TO_RENEW, reason, date(2026, 7, 1))
    after = standing(rule, Passed("2026.1.1", NOW + timedelta(hours=1)), START, date(2026, 6, 2))
    assert after.state is State.PASSED


def test_of_several_reasons_the_first_date_counts() -> None:
    rule = _rule("m2", version="2026.6.1", current=NOW, asked=NOW - timedelta(days=20))
    found = standing(rule, Passed("2026.1.1", START), START, date(2026, 6, 2))
    assert (found.reason, found.due) == (Reason.ASKED, date(2026, 6, 11))
