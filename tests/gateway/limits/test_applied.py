from __future__ import annotations

from tests.gateway.limits.making import CALLER, ELSEWHERE, NOON, OTHER, PROVIDER, limit

from egide.gateway.limits.applied import Applying, applied
from egide.policy.limits import Cell, Measure, Period, Subject


def test_each_subject_has_its_own_counter() -> None:
    limits = [limit(5, subject) for subject in Subject]
    cells = {one.cell for one in applied(limits, CALLER, PROVIDER, NOON)}
    assert cells == {
        Cell("company", "", "requests", "day", "2026-11-28"),
        Cell("person", "p-1", "requests", "day", "2026-11-28"),
        Cell("usage", "redaction", "requests", "day", "2026-11-28"),
        Cell("provider", "ailleurs", "requests", "day", "2026-11-28"),
    }


def test_a_limit_that_names_somebody_replaces_for_them_that_of_each() -> None:
    for limits in ([limit(5), limit(50, who="p-1")], [limit(50, who="p-1"), limit(5)]):
        assert [one.limit.most for one in applied(limits, CALLER, PROVIDER, NOON)] == [50]
        assert [one.limit.most for one in applied(limits, OTHER, PROVIDER, NOON)] == [5]


def test_a_limit_that_names_somebody_else_does_not_apply() -> None:
    limits = [limit(5, Subject.PROVIDER, who="ailleurs"), limit(5, Subject.USAGE, who="devis")]
    assert len(applied(limits, CALLER, PROVIDER, NOON)) == 1
    assert applied(limits, CALLER, ELSEWHERE, NOON) == []


def test_the_replacement_is_of_the_same_measure_and_period_only() -> None:
    limits = [limit(5), limit(9, who="p-1", period=Period.MONTH), limit(7, measure=Measure.TOKENS, who="p-1")]
    assert sorted(one.limit.most for one in applied(limits, CALLER, PROVIDER, NOON)) == [5, 7, 9]


def test_what_is_kept_is_what_would_be_found() -> None:
    limits = (limit(5), limit(7, Subject.PROVIDER, period=Period.MINUTE))
    others = (limit(6),)
    applying = Applying()
    for now in (NOON, NOON + 39.9, NOON + 40, NOON - 86400, NOON, NOON + 86400):
        for caller in (CALLER, OTHER):
            for provider in (PROVIDER, ELSEWHERE):
                for some in (limits, others, limits):
                    found = applying.find(some, caller, provider, now)
                    assert found == applied(some, caller, provider, now)
    assert applying.find(limits, CALLER, PROVIDER, NOON) is applying.find(limits, CALLER, PROVIDER, NOON + 1)


def test_a_counter_outlives_its_window() -> None:
    for period in Period:
        (found,) = applied([limit(5, period=period)], CALLER, PROVIDER, NOON)
        assert found.until > found.ends > NOON
