"""A thread of its own in each process that looks, now and then or when it is woken, at what waits."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import ClassVar

from django.db import connections

logger = logging.getLogger(__name__)


class Watcher:
    """Start it once in each process. ``period``: seconds between two looks that nobody asked for."""

    name: ClassVar[str]
    """Of the thread, and of what it says when a look fails."""
    wait_to_stop: ClassVar[float | None] = None
    """Seconds that ``stop`` waits for the look of the moment; None: as long as it takes."""
    _running: ClassVar[set[Watcher]]

    def __init_subclass__(cls) -> None:
        cls._running = set()

    def __init__(self, period: float) -> None:
        self._period = period
        self._woken, self._stop = Event(), Event()
        self._thread = Thread(target=self._work, name=f"egide-{self.name}", daemon=True)

    @property
    def stopping(self) -> bool:
        """Whether the work of the moment is to end."""
        return self._stop.is_set()

    def look(self) -> None:
        """Do what waits."""
        raise NotImplementedError

    def start(self) -> None:
        """Look now, then each period."""
        self._running.add(self)
        self._thread.start()

    def stop(self) -> None:
        """End after the work of the moment."""
        self._running.discard(self)
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(self.wait_to_stop)

    @classmethod
    def wake_all(cls) -> None:
        """Have what was just asked for taken up now."""
        for one in tuple(cls._running):
            one._woken.set()

    def _work(self) -> None:
        try:
            while not self.stopping:
                self._look()
                self._woken.wait(self._period)
                self._woken.clear()
        finally:
            connections.close_all()

    def _look(self) -> None:
        try:
            self.look()
        except Exception as problem:  # the thread must outlive a database that is away for a while
            logger.error("%s failed: %s", self.name, type(problem).__name__)
            connections.close_all()
