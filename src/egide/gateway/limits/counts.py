"""Counters in memory: what this process knows was used, and what it has yet to tell the store.

Checking and counting are one step under a lock: two requests never both take the last place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

from egide.policy.limits import Cell
from egide.ports import Count


class Counts:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[Cell, int] = {}
        self._pending: dict[Cell, int] = {}
        self._until: dict[Cell, float] = {}

    def get(self, cells: Iterable[Cell]) -> list[int]:
        """What each counter holds."""
        with self._lock:
            return [self._known.get(cell, 0) for cell in cells]

    def admit(self, mosts: Sequence[tuple[Cell, int]], added: Sequence[Count]) -> tuple[bool, list[int]]:
        """Add, unless a counter has reached its ``most``. Whether it was added, and what each held."""
        with self._lock:
            held = [self._known.get(cell, 0) for cell, _ in mosts]
            free = all(count < most for count, (_, most) in zip(held, mosts, strict=True))
            if free:
                self._add(added)
            return free, held

    def add(self, added: Iterable[Count]) -> None:
        """Count what was used."""
        with self._lock:
            self._add(added)

    def take(self) -> list[Count]:
        """What the store was not told yet; it is now on its way."""
        with self._lock:
            taken = [Count(cell, value, self._until[cell]) for cell, value in self._pending.items()]
            self._pending.clear()
            return taken

    def give_back(self, taken: Iterable[Count]) -> None:
        """The store did not take it: it waits for the next time. It is known already."""
        with self._lock:
            for count in taken:
                self._pending[count.cell] = self._pending.get(count.cell, 0) + count.value

    def learn(self, totals: Iterable[Count]) -> None:
        """What the store holds of all processes; what it was not told yet comes on top."""
        with self._lock:
            for count in totals:
                self._known[count.cell] = count.value + self._pending.get(count.cell, 0)
                self._until[count.cell] = count.until

    def forget(self, now: float) -> None:
        """Drop the counters of no use any more, unless the store waits for them."""
        with self._lock:
            past = [c for c, until in self._until.items() if until < now and c not in self._pending]
            for cell in past:
                del self._until[cell]
                self._known.pop(cell, None)

    def _add(self, added: Iterable[Count]) -> None:
        for count in added:
            self._known[count.cell] = self._known.get(count.cell, 0) + count.value
            self._pending[count.cell] = self._pending.get(count.cell, 0) + count.value
            self._until[count.cell] = count.until
