from __future__ import annotations

import asyncio

import pytest
from tests.gateway.limits.making import Clock, Kept

from egide.gateway.limits.counts import Counts
from egide.gateway.limits.keeping import Keeper
from egide.policy.limits import Cell
from egide.ports import Count

CELL = Cell("person", "p-1", "requests", "day", "2026-11-28")
FOR_EVER = 4e9


def keeper(counts: Counts, store: Kept, period: float = 3600.0) -> Keeper:
    return Keeper(counts, store, period=period, clock=Clock())


async def test_a_restart_does_not_forget() -> None:
    store, counts = Kept(), Counts()
    first = keeper(counts, store)
    await first.start()
    counts.add([Count(CELL, 7, FOR_EVER)])
    await first.stop()
    assert (store.values, store.closed) == ({CELL: 7}, True)
    again = Counts()
    second = keeper(again, store)
    await second.start()
    assert again.get([CELL]) == [7]
    await second.stop()
    assert store.values == {CELL: 7}


def test_two_processes_learn_what_each_other_counted() -> None:
    store, here, there = Kept(), Counts(), Counts()
    first, second = keeper(here, store), keeper(there, store)
    here.add([Count(CELL, 3, FOR_EVER)])
    there.add([Count(CELL, 4, FOR_EVER)])
    first.sync()
    second.sync()
    first.sync()
    assert (here.get([CELL]), there.get([CELL])) == ([7], [7])


def test_a_store_that_fails_loses_nothing() -> None:
    store, counts = Kept(), Counts()
    one = keeper(counts, store)
    counts.add([Count(CELL, 3, FOR_EVER)])
    store.broken = True
    with pytest.raises(OSError, match="disk"):
        one.sync()
    counts.add([Count(CELL, 1, FOR_EVER)])
    store.broken = False
    one.sync()
    assert store.values == {CELL: 4}
    assert counts.get([CELL]) == [4]


async def test_the_thread_survives_a_store_that_fails_for_a_while(caplog: pytest.LogCaptureFixture) -> None:
    store, counts = Kept(), Counts()
    one = keeper(counts, store, period=0.005)
    await one.start()
    store.broken = True
    counts.add([Count(CELL, 3, FOR_EVER)])
    async with asyncio.timeout(20):
        while "OSError" not in caplog.text:  # noqa: ASYNC110 - logged by a thread that tells nobody
            await asyncio.sleep(0.005)
        store.broken = False
        while store.values != {CELL: 3}:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    await one.stop()
    assert caplog.text.count("OSError") == 1, "told once, not at each try"
    assert "disk full" not in caplog.text


async def test_counts_that_cannot_be_read_stop_the_start() -> None:
    store = Kept(broken=True)
    one = keeper(Counts(), store)
    with pytest.raises(OSError, match="disk"):
        await one.start()
    await one.stop()
    assert store.closed


def test_old_counters_are_forgotten_in_the_store() -> None:
    store, counts = Kept(), Counts()
    counts.add([Count(CELL, 3, 5.0)])
    keeper(counts, store).sync()
    assert store.values == {}
    assert counts.get([CELL]) == [0]
