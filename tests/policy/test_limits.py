from __future__ import annotations

from decimal import Decimal

import pytest

from egide.policy.limits import Limit, Measure, Period, Price, Share, Subject


@pytest.mark.parametrize(
    ("given", "told", "expected"),
    [(1_000_000, 0, 2_500_000), (0, 1_000_000, 10_000_000), (1, 0, 3), (3, 1, 18), (0, 0, 0)],
)
def test_a_cost_is_in_millionths_of_a_euro_and_rounded_up(given: int, told: int, expected: int) -> None:
    assert Price(Decimal("2.50"), Decimal(10)).cost(given, told) == expected


def test_sums_of_costs_are_exact() -> None:
    price = Price(Decimal("0.1"), Decimal("0.3"))
    assert sum(price.cost(10, 10) for _ in range(1000)) == 4000


@pytest.mark.parametrize(
    ("used", "ratio", "reached"), [(0, 0, False), (9, 0.9, False), (10, 1, True), (15, 1.5, True)]
)
def test_a_limit_is_reached_when_all_of_it_is_used(used: int, ratio: float, reached: bool) -> None:
    share = Share(Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 10), used, 0.0)
    assert (share.ratio, share.reached) == (ratio, reached)
