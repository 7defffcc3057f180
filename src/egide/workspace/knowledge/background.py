"""The thread that imports lists, one in each process: pages answer at once, the list comes when whole."""

from __future__ import annotations

import logging
from threading import Event, Thread

from django.db import connections
from django.utils import timezone

from egide.workspace.knowledge import drafts, imports

logger = logging.getLogger(__name__)


class Importer:
    """Start it once in each process. ``name`` is that of the process, the same after a restart.

    ``period``: seconds between two looks at what waits without having been told, as after a restart.
    """

    def __init__(self, name: str, period: float = 5.0) -> None:
        self._name, self._period = name, period
        self._woken, self._stop = Event(), Event()
        self._thread = Thread(target=self._work, name="egide-imports", daemon=True)

    def start(self) -> None:
        """Mark what was being read when this process last died, then take up what waits."""
        imports.interrupt(self._name)
        _running.add(self)
        self._thread.start()

    def stop(self) -> None:
        """End; an import that is being read is marked as interrupted."""
        _running.discard(self)
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def wake(self) -> None:
        """Look at once."""
        self._woken.set()

    def _work(self) -> None:
        try:
            while not self._stop.is_set():
                self._look()
                self._woken.wait(self._period)
                self._woken.clear()
        finally:
            connections.close_all()

    def _look(self) -> None:
        """Import all that waits. On failure the next look tries again."""
        try:
            drafts.purge(timezone.now())
            while not self._stop.is_set() and (one := imports.claim(self._name)) is not None:
                imports.run(one, lambda: not self._stop.is_set())
        except Exception as problem:  # the thread must outlive a database that is away for a while
            logger.error("imports failed: %s", type(problem).__name__)
            connections.close_all()


_running: set[Importer] = set()


def wake_all() -> None:
    """Have what was just asked for taken up now."""
    for importer in tuple(_running):
        importer.wake()
