from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from egide.gateway.limits.counts import Counts
from egide.policy.limits import Cell
from egide.ports import Count

CELL = Cell("person", "p-1", "requests", "day", "2026-11-28")


def one(value: int = 1, until: float = 100.0) -> list[Count]:
    return [Count(CELL, value, until)]


def test_threads_together_take_exactly_what_there_is() -> None:
    counts = Counts()
    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda _: counts.admit([(CELL, 50)], one())[0], range(400)))
    assert sum(taken) == 50
    assert counts.get([CELL]) == [50]


def test_a_refusal_counts_nothing() -> None:
    counts = Counts()
    other = CELL._replace(subject="company", who="")
    both = [Count(CELL, 1, 100.0), Count(other, 1, 100.0)]
    assert counts.admit([(CELL, 1), (other, 9)], both) == (True, [0, 0])
    assert counts.admit([(CELL, 1), (other, 9)], both) == (False, [1, 1])
    assert counts.get([CELL, other]) == [1, 1]


def test_what_other_processes_counted_is_added_to_what_waits_here() -> None:
    counts = Counts()
    counts.add(one(3))
    assert counts.take() == one(3)
    counts.add(one(2))
    counts.learn(one(10))  # 3 of ours, 7 of others
    assert counts.get([CELL]) == [12]
    assert counts.take() == one(2)


def test_what_the_store_refuses_is_told_again_and_counted_once() -> None:
    counts = Counts()
    counts.add(one(3))
    counts.give_back(counts.take())
    counts.add(one(1))
    assert counts.take() == one(4)
    assert counts.get([CELL]) == [4]


def test_an_old_counter_is_forgotten_unless_the_store_waits_for_it() -> None:
    counts = Counts()
    counts.add(one(3))
    counts.forget(101.0)
    assert counts.get([CELL]) == [3]
    counts.take()
    counts.forget(99.0)
    assert counts.get([CELL]) == [3]
    counts.forget(101.0)
    assert counts.get([CELL]) == [0]
