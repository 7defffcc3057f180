from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections

from egide.policy.limits import Cell
from egide.ports import Count
from egide.workspace.limits import store as store_module
from egide.workspace.limits.models import Counter
from egide.workspace.limits.store import SqlCounts

CELL = Cell("person", "p-1", "requests", "day", "2026-11-28")
COMPANY = Cell("company", "", "cost", "month", "2026-11")
NOW = 1_764_000_000.5
LATER = NOW + 1000


def test_what_is_added_adds_up_and_is_told(db: None) -> None:
    store = SqlCounts()
    assert store.merge([Count(CELL, 3, LATER), Count(COMPANY, 2**52, LATER)], 0.0, NOW)
    found = store.merge([Count(CELL, 4, LATER)], 0.0, NOW + 1)
    assert sorted(found, key=lambda count: count.cell) == [
        Count(COMPANY, 2**52, LATER),
        Count(CELL, 7, LATER),
    ]


def test_only_what_changed_since_is_told(db: None) -> None:
    store = SqlCounts()
    store.merge([Count(COMPANY, 1, LATER)], 0.0, NOW)
    assert store.merge([Count(CELL, 1, LATER)], NOW + 5, NOW + 10) == [Count(CELL, 1, LATER)]
    assert store.merge([], NOW + 10, NOW + 20) == []
    assert len(store.merge([], 0.0, NOW + 20)) == 2


def test_what_is_of_no_use_is_neither_told_nor_kept(db: None) -> None:
    store = SqlCounts()
    store.merge([Count(CELL, 1, NOW + 5), Count(COMPANY, 1, LATER)], 0.0, NOW)
    assert [count.cell for count in store.merge([], 0.0, NOW + 6)] == [COMPANY]
    store.forget(NOW + 6)
    assert Counter.objects.count() == 1


def test_processes_together_lose_nothing(committed_db: None) -> None:
    cells = [CELL._replace(who=f"p-{i}") for i in range(8)]

    def work(number: int) -> None:
        store = SqlCounts()
        order = cells if number % 2 else cells[::-1]
        for _ in range(10):
            store.merge([Count(cell, 1, LATER) for cell in order], 0.0, NOW)
        store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert set(Counter.objects.values_list("value", flat=True)) == {40}


def test_what_is_on_disk_is_not_added_again_when_the_totals_cannot_be_read(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(store_module, "_changed", broken)
        patched.setattr(connections["default"], "close", lambda: None)  # the test's own transaction
        assert SqlCounts().merge([Count(CELL, 3, LATER)], 0.0, NOW) == ()
        with pytest.raises(DatabaseError):
            SqlCounts().merge([], 0.0, NOW)
    assert SqlCounts().merge([], 0.0, NOW) == [Count(CELL, 3, LATER)]


def test_a_failure_keeps_nothing_and_is_told(committed_db: None) -> None:
    store = SqlCounts()
    too_long = CELL._replace(window="x" * 5000) if connections["default"].vendor == "postgresql" else None
    broken = Count(too_long or CELL, 2**70 if too_long is None else 1, LATER)
    with pytest.raises((DatabaseError, OverflowError)):
        store.merge([Count(COMPANY, 1, LATER), broken], 0.0, NOW)
    assert not Counter.objects.exists()
