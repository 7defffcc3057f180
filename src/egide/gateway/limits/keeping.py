"""The thread that tells the store what was counted, and learns from it what other processes counted.

Once a second: an exchange never waits for a database. A process that is killed forgets its last second.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from egide.gateway.limits.counts import Counts
from egide.ports import CountStore

logger = logging.getLogger(__name__)
_PERIOD: Final = 1.0
# How far the clocks of two machines, or a slow transaction, may make a change look older than it is.
_MARGIN: Final = 30.0
_FORGET_EACH: Final = 300


class Keeper:
    """``start`` reads everything once; the server must not start when it cannot."""

    def __init__(
        self,
        counts: Counts,
        store: CountStore,
        *,
        period: float = _PERIOD,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._counts, self._store = counts, store
        self._period, self._clock = period, clock
        self._last = 0.0  # when the store was last asked
        self._turns = 0
        self._failing = False
        self._stop, self._read = Event(), Event()
        self._problem: Exception | None = None
        self._thread = Thread(target=self._run, name="egide-limits", daemon=True)

    async def start(self) -> None:
        """Raises what the store raised when it cannot be read."""
        self._thread.start()
        await asyncio.to_thread(self._read.wait)
        if self._problem is not None:
            raise self._problem

    async def stop(self) -> None:
        """Tell the store what is left, and end the thread."""
        self._stop.set()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join)

    def sync(self) -> None:
        """One exchange with the store. Raises when it fails: nothing counted is lost."""
        now = self._clock()
        taken = self._counts.take()
        try:
            # A clock set back must not hide what others write from then on.
            totals = self._store.merge(taken, min(self._last, now) - _MARGIN, now)
        except Exception:
            self._counts.give_back(taken)
            raise
        self._counts.learn(totals)
        self._last = now
        if self._turns % _FORGET_EACH == 0:
            self._store.forget(now)
            self._counts.forget(now)
        self._turns += 1

    def _run(self) -> None:
        try:
            self.sync()
        except Exception as problem:  # given to who starts us
            self._problem = problem
        self._read.set()
        try:
            while self._problem is None and not self._stop.wait(self._period):
                self._try()
            if self._problem is None:
                self._try()
        finally:
            self._store.close()

    def _try(self) -> None:
        try:
            self.sync()
            self._failing = False
        except Exception as problem:  # the count must outlive a database that is away for a while
            if not self._failing:  # the type only: told once, not each second
                logger.error("limits: counts not kept: %s", type(problem).__name__)
            self._failing = True
