from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from tests.gateway.limits.making import CALLER, ELSEWHERE, NOON, OTHER, PROVIDER, Clock, Kept, limit, snapshot

from egide.errors import GatewayError
from egide.gateway.limits import Limits
from egide.gateway.limits.spending import Spent
from egide.policy.limits import Measure, Period, Price, Subject
from egide.ports import Snapshot

HOUR = 3600.0


async def refused(limits: Limits, told: Snapshot, caller: object = CALLER) -> str:
    """The code of a refusal, or nothing."""
    try:
        await limits.admit(told, caller, PROVIDER)  # type: ignore[arg-type]
    except GatewayError as problem:
        return problem.code
    return ""


async def test_without_a_limit_nothing_is_counted() -> None:
    store = Kept()
    limits = Limits(store)
    await limits.start()
    assert await limits.admit(snapshot(), CALLER, PROVIDER) is None
    limits.spend(snapshot(), CALLER, PROVIDER, "grand", Spent(5, 5))
    await limits.stop()
    assert store.values == {}


async def test_the_last_request_goes_and_the_next_does_not() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(3))
    assert [await refused(limits, told) for _ in range(5)] == ["", "", "", "EG-4040", "EG-4040"]
    assert await refused(limits, told, OTHER) == ""
    with pytest.raises(GatewayError, match="EG-4040"):
        limits.check(told, CALLER, PROVIDER)
    limits.check(told, OTHER, PROVIDER)


async def test_two_hundred_at_once_take_exactly_the_places_there_are() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(50), limit(500, Subject.COMPANY))
    codes = await asyncio.gather(*(refused(limits, told) for _ in range(200)))
    assert (codes.count(""), codes.count("EG-4040")) == (50, 150)


async def test_a_refused_request_takes_no_place_elsewhere() -> None:
    limits = Limits(clock=Clock())
    told = snapshot(limit(1), limit(2, Subject.COMPANY))
    assert [await refused(limits, told) for _ in range(9)] == ["", *["EG-4040"] * 8]
    assert await refused(limits, told, OTHER) == ""


async def test_tokens_and_cost_count_after_the_answer() -> None:
    limits = Limits(clock=Clock())
    prices = {
        ("ailleurs", ""): Price(Decimal(2), Decimal(10)),
        ("ailleurs", "cher"): Price(Decimal(9), Decimal(90)),
    }
    told = snapshot(limit(100, measure=Measure.TOKENS), limit(1000, measure=Measure.COST), prices=prices)
    assert await refused(limits, told) == ""
    limits.spend(told, CALLER, PROVIDER, "grand", Spent(30, 40))  # 70 tokens, 460 millionths
    assert await refused(limits, told) == ""
    limits.spend(told, CALLER, PROVIDER, "cher", Spent(0, 6))  # 540 more
    assert await refused(limits, told) == "EG-4042"
    limits.spend(told, CALLER, PROVIDER, "grand", Spent(0, 24))
    told = snapshot(limit(100, measure=Measure.TOKENS), prices=prices)
    assert await refused(limits, told) == "EG-4041"


async def test_a_model_without_a_price_costs_nothing_that_is_known() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(1, measure=Measure.COST))
    limits.spend(told, CALLER, PROVIDER, "grand", Spent(10_000, 10_000))
    assert await refused(limits, told) == ""


async def test_estimated_tokens_are_counted_beside_the_others() -> None:
    store = Kept()
    limits = Limits(store, clock=Clock())
    await limits.start()
    limits.spend(snapshot(limit(100, measure=Measure.TOKENS)), CALLER, PROVIDER, "grand", Spent(30, 40, 40))
    await limits.stop()
    assert {cell.measure: value for cell, value in store.values.items()} == {"tokens": 70, "estimated": 40}


async def test_the_nearest_limit_is_told_from_80_percent_on() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(5), limit(100, Subject.COMPANY))
    found = [await limits.admit(told, CALLER, PROVIDER) for _ in range(5)]
    assert found[:3] == [None] * 3
    assert [share.used for share in found[3:] if share is not None] == [4, 5]
    near = limits.nearest(told, CALLER, PROVIDER)
    assert near is not None
    assert near.reached
    assert limits.nearest(told, OTHER, PROVIDER) is None


async def test_a_raised_limit_counts_what_was_used_and_a_lowered_one_too() -> None:
    limits = Limits(clock=Clock())
    for _ in range(3):
        await limits.admit(snapshot(limit(3)), CALLER, PROVIDER)
    assert await refused(limits, snapshot(limit(4))) == ""
    assert await refused(limits, snapshot(limit(2))) == "EG-4040"


async def test_each_provider_has_its_own_count() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(1, Subject.PROVIDER))
    await limits.admit(told, CALLER, PROVIDER)
    await limits.admit(told, CALLER, ELSEWHERE)
    assert await refused(limits, told) == "EG-4040"


async def test_a_request_that_goes_on_to_another_provider_is_one_request() -> None:
    limits = Limits(clock=Clock())
    told = snapshot(limit(1), limit(1, Subject.PROVIDER))
    await limits.admit(told, CALLER, PROVIDER)
    limits.check(told, CALLER, ELSEWHERE, again=True)
    await limits.admit(told, CALLER, ELSEWHERE, again=True)
    with pytest.raises(GatewayError, match="EG-4040"):
        limits.check(told, CALLER, ELSEWHERE, again=True)
    with pytest.raises(GatewayError, match="EG-4040"):
        await limits.admit(told, CALLER, ELSEWHERE, again=True)


@pytest.mark.parametrize(
    ("period", "seconds"), [(Period.MINUTE, 40), (Period.DAY, 12 * HOUR - 20), (Period.MONTH, 60 * HOUR - 20)]
)
async def test_the_next_window_begins_when_the_refusal_said(period: Period, seconds: float) -> None:
    clock, told = Clock(), snapshot(limit(1, period=period))
    limits = Limits(clock=clock)
    await limits.admit(told, CALLER, PROVIDER)
    with pytest.raises(GatewayError) as problem:
        await limits.admit(told, CALLER, PROVIDER)
    assert problem.value.fields["wait"] == seconds
    clock.now = NOON + seconds - 0.001
    assert await refused(limits, told) == "EG-4040"
    clock.now = NOON + seconds
    assert await refused(limits, told) == ""


async def test_a_clock_that_jumps_finds_its_counts_again() -> None:
    clock, store = Clock(), Kept()
    limits = Limits(store, clock=clock)
    told = snapshot(limit(2))
    await limits.start()
    assert [await refused(limits, told) for _ in range(3)] == ["", "", "EG-4040"]
    clock.now = NOON + 20 * 24 * HOUR
    assert await refused(limits, told) == "", "another day"
    clock.now = NOON - 24 * HOUR
    assert await refused(limits, told) == "", "the day before"
    clock.now = NOON
    assert await refused(limits, told) == "EG-4040"
    await limits.stop()


async def test_a_restart_keeps_the_count_of_the_day_and_month() -> None:
    store = Kept()
    told = snapshot(limit(2), limit(9, period=Period.MONTH))
    for _ in range(2):
        limits = Limits(store, clock=Clock())
        await limits.start()
        assert await refused(limits, told) == ""
        await limits.stop()
    limits = Limits(store, clock=Clock())
    await limits.start()
    assert await refused(limits, told) == "EG-4040"
    await limits.stop()
    assert sorted(store.values.values()) == [2, 2]


async def test_requests_that_leave_together_take_all_their_places_or_none() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(10), limit(500, Subject.COMPANY))
    await limits.admit(told, CALLER, PROVIDER, count=4)
    await limits.admit(told, CALLER, PROVIDER, count=4)
    with pytest.raises(GatewayError, match="EG-4067") as refused_whole:
        await limits.admit(told, CALLER, PROVIDER, count=3)
    assert refused_whole.value.fields == {"count": 3, "room": 2}
    await limits.admit(told, CALLER, PROVIDER, count=2)
    assert await refused(limits, told) == "EG-4040"


async def test_a_part_is_counted_by_its_whole() -> None:
    limits, told = Limits(clock=Clock()), snapshot(limit(1))
    for _ in range(3):
        assert await limits.admit(told, CALLER, PROVIDER, count=0) is None
    assert await refused(limits, told) == ""
