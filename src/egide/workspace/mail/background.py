"""The thread that empties the outbox, one in each process; the database lets one of them send at a time."""

from __future__ import annotations

import logging
from threading import Event, Thread

from django.db import connections

from egide.workspace.mail import outbox

logger = logging.getLogger(__name__)
# One who is being answered by a slow server is not waited for longer: the mail says where it was.
_STOP_SECONDS = 3.0


class Sender:
    """Start it once in each process. ``period``: seconds between two looks."""

    def __init__(self, period: float = 15.0) -> None:
        self._period = period
        self._woken, self._stop = Event(), Event()
        self._thread = Thread(target=self._work, name="egide-mail", daemon=True)

    def start(self) -> None:
        """Look now, then each period."""
        _running.add(self)
        self._thread.start()

    def stop(self) -> None:
        """End after the mail of the moment."""
        _running.discard(self)
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

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
        try:
            outbox.work(lambda: not self._stop.is_set())
        except Exception as problem:  # the thread must outlive a database that is away for a while
            logger.error("mail failed: %s", type(problem).__name__)
            connections.close_all()


_running: set[Sender] = set()


def wake_all() -> None:
    """Have what was just queued sent now."""
    for sender in tuple(_running):
        sender.wake()
