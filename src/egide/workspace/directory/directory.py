"""``ports.Directory``: hands out the current snapshot without ever touching a database.

A background thread watches the version number, so that a change made by another process is seen
within a second; a change made in this process is seen before its page answers. A new day is a change, too:
a charter may enter into force with it.
"""

from __future__ import annotations

import logging
from datetime import date
from threading import Event, Lock, Thread

from django.db import connections
from django.utils import timezone

from egide.ports import Snapshot
from egide.workspace.directory import build

logger = logging.getLogger(__name__)


class WorkspaceDirectory:
    """Start it once in each process; ``snapshot`` may then be called from any thread."""

    def __init__(self, period: float = 0.5) -> None:
        self._period = period
        self._snapshot: Snapshot | None = None
        self._day: date | None = None
        self._lock = Lock()
        self._stop = Event()
        self._watcher = Thread(target=self._watch, name="egide-directory", daemon=True)

    def start(self) -> None:
        """Read everything once, then watch. Raises when it cannot be read: the server must not start."""
        self.refresh()
        _running.add(self)
        self._watcher.start()

    def stop(self) -> None:
        """End the watch."""
        _running.discard(self)
        self._stop.set()
        if self._watcher.is_alive():
            self._watcher.join()

    def snapshot(self) -> Snapshot:
        """The current snapshot."""
        if self._snapshot is None:
            raise RuntimeError("The directory is not started.")
        return self._snapshot

    def refresh(self) -> None:
        """Read everything anew. An older reading never replaces a newer one."""
        with self._lock:
            day, fresh = timezone.localdate(), build.snapshot()
            if self._snapshot is None or fresh.version >= self._snapshot.version:
                self._snapshot, self._day = fresh, day

    def _watch(self) -> None:
        try:
            while not self._stop.wait(self._period):
                self._look()
        finally:
            connections.close_all()

    def follow(self) -> None:
        """Read everything anew if anything changed since the last time, the day included."""
        if build.version() != self.snapshot().version or self._day != timezone.localdate():
            self.refresh()

    def _look(self) -> None:
        """One look. On failure the last snapshot stays, and the next look tries again."""
        try:
            self.follow()
        except Exception as problem:  # the watch must outlive a database that is away for a while
            # The type only: a message could quote what was read.
            logger.error("directory refresh failed: %s", type(problem).__name__)
            connections.close_all()


_running: set[WorkspaceDirectory] = set()


def refresh_all() -> None:
    """Have every directory of this process read anew what changed.

    Once after a transaction, however many changes it made: importing people makes 2,000.
    """
    for directory in tuple(_running):
        directory.follow()
