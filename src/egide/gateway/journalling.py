"""The journal's own thread: what many exchanges want written is written together, in one transaction.

    await journal.write(entry)    # durable when it returns; raises JournalError EG-5001
    journal.note(entry)           # written within a quarter of a second, kept until it is
    journal.keep(seal)            # the same, for the vault's entries that ``seal`` makes

A batch that fails is lost for those who wait (their exchange stops), and kept for notes. The next batch
reads the end of the chain again, because a failed write may have been kept after all.
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from egide.errors import JournalError
from egide.journal import Entry, JournalStore, Pace, Record, Signer, chain, checkpoint
from egide.journal.details import check_entry
from egide.pseudonymisation import SealedEntry

logger = logging.getLogger(__name__)
Seal = Callable[[], Sequence[SealedEntry]]
_MOST_NOTES: Final = 100_000
_MOST_IN_A_BATCH: Final = 512
# Between two tries when the store fails and only notes wait.
_RETRY_SECONDS: Final = 1.0
# Nobody waits for a note: it is gathered with others, so that it delays no exchange.
_GATHER_SECONDS: Final = 0.25
_GATHER_NOTES: Final = 256
# Of those, how many are written in one go: an exchange that comes meanwhile waits no longer than that.
_NOTES_AT_ONCE: Final = 16
_IDLE_SECONDS: Final = 30.0


@dataclass(slots=True)
class _Waiting:
    """A record, or sealed values, to be written. ``done``: somebody waits for it."""

    entry: Entry | None = None
    done: asyncio.Future[None] | None = None
    seal: Seal | None = field(default=None, repr=False)


class JournalState(NamedTuple):
    """How the journal keeps up: what waits to be written, and whether the last try failed."""

    waiting: int
    failing: bool


class Journalling:
    """Appends to one writer's chain. Used from one event loop; ``start`` before, ``stop`` after."""

    def __init__(
        self,
        store: JournalStore,
        writer: str,
        signer: Signer | None = None,
        *,
        pace: Pace | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._writer, self._signer = store, writer, signer
        self._pace, self._now = pace or Pace(), now
        self._urgent: deque[_Waiting] = deque()
        self._notes: deque[_Waiting] = deque()
        self._noted_at = 0.0  # when the oldest note came
        self._due = 0  # how many notes are to be written now
        self._failing = False
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._last: Record | None = None
        self._known = False  # whether ``_last`` is the end of the chain
        self._tried, self._tried_notes = "", 0  # the last write, in case it seems to fail and did not
        self._since, self._signed_at = 0, now()

    @property
    def state(self) -> JournalState:
        """As it is now."""
        return JournalState(len(self._urgent) + len(self._notes), self._failing)

    def start(self) -> None:
        """Start the thread, for the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="egide-journal", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Write what waits, sign the end of the chain, and end the thread."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def write(self, entry: Entry) -> asyncio.Future[None]:
        """A future that is done once ``entry`` is on disk. Raises JournalError when the entry may not enter
        the journal; the future fails with EG-5001 when it cannot be written."""
        check_entry(entry)
        return self._wait_for(_Waiting(entry))

    def flush(self) -> asyncio.Future[None]:
        """A future that is done once all notes are on disk."""
        self._noted_at = -math.inf
        return self._wait_for(_Waiting())

    def _wait_for(self, waiting: _Waiting) -> asyncio.Future[None]:
        done = waiting.done = asyncio.get_running_loop().create_future()
        # An exchange that is abandoned may never look at it: that is no error of the loop's.
        done.add_done_callback(_looked_at)
        if self._thread is None or self._stopping:
            done.set_exception(JournalError("EG-5001"))
            return done
        self._urgent.append(waiting)
        self._wake.set()
        return done

    def note(self, entry: Entry) -> None:
        """Write ``entry`` without waiting; tried again until it is written."""
        check_entry(entry)
        self._add(_Waiting(entry))

    def keep(self, seal: Seal) -> None:
        """Write what ``seal`` makes, called in the journal's thread, without waiting."""
        self._add(_Waiting(seal=seal))

    def _add(self, waiting: _Waiting) -> None:
        if len(self._notes) >= _MOST_NOTES:
            logger.error("journal: too many records wait to be written, one is dropped")
            return
        if not self._notes:
            self._noted_at = time.monotonic()
        self._notes.append(waiting)
        if len(self._notes) in (1, _GATHER_NOTES):
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._patience())
            self._wake.clear()
            self._write_all()
            self._sign()
        self._write_all()
        if self._notes:
            logger.error("journal: %s record(s) lost, the store fails", len(self._notes))
        self._sign(closing=True)

    def _patience(self) -> float:
        if self._failing:
            return _RETRY_SECONDS
        return _GATHER_SECONDS if self._notes else _IDLE_SECONDS

    def _write_all(self) -> None:
        """Write what is due, batch after batch, until nothing is or the store fails."""
        while self._urgent or self._gathered():
            self._failing = not self._batch()
            if self._failing:
                return

    def _gathered(self) -> bool:
        """Whether notes have waited long enough, or are many: then all that are there are due."""
        if not self._due and self._notes:
            waited = time.monotonic() - self._noted_at
            if self._stopping or len(self._notes) >= _GATHER_NOTES or waited >= _GATHER_SECONDS:
                self._due = len(self._notes)
        return self._due > 0

    def _batch(self) -> bool:
        """Write what waits. False when it could not be."""
        taken: list[_Waiting] = []
        try:
            self._recover()
            urgent = _first(self._urgent, _MOST_IN_A_BATCH)
            taken += self._due_notes(flush=any(waiting.entry is None for waiting in urgent)) + urgent
            self._append(taken)
        except Exception as failure:  # whatever the store raises, nothing may be released
            logger.error("journal: records not written: %s", type(failure).__name__)
            self._known, self._due = False, 0
            self._notes.extendleft(waiting for waiting in reversed(taken) if waiting.done is None)
            self._tell([*taken, *_first(self._urgent, len(self._urgent))], failed=True)
            return False
        self._tell(taken, failed=False)
        self._sign()
        return True

    def _due_notes(self, *, flush: bool) -> list[_Waiting]:
        """Take those to write now; all there are for who waits for all of them."""
        if not flush and not self._gathered():
            return []
        taken = _first(self._notes, len(self._notes) if flush else min(self._due, _NOTES_AT_ONCE))
        self._due = max(0, self._due - len(taken))
        self._noted_at = time.monotonic()
        return taken

    def _recover(self) -> None:
        """Find the end of the chain. If a write that seemed to fail was kept, its notes wait no more."""
        if self._known:
            return
        self._last, self._known = self._store.tail(self._writer), True
        if self._last is not None and self._last.hash == self._tried:
            for _ in range(self._tried_notes):
                self._notes.popleft()
        self._tried, self._tried_notes = "", 0

    def _append(self, taken: Sequence[_Waiting]) -> None:
        entries = [waiting.entry for waiting in taken if waiting.entry is not None]
        records = chain(self._last, self._writer, entries)
        if records:
            self._tried = records[-1].hash
            self._tried_notes = sum(waiting.done is None for waiting in taken)
        self._store.append(records, [one for waiting in taken if waiting.seal for one in waiting.seal()])
        self._tried, self._tried_notes = "", 0
        self._last = records[-1] if records else self._last
        self._since += len(records)

    def _sign(self, *, closing: bool = False) -> None:
        """Add a checkpoint when one is due. A failure waits for the next time: records are still chained."""
        now = self._now()
        due = self._since > 0 if closing else self._pace.due(self._since, self._signed_at, now)
        if self._signer is None or self._last is None or not self._known or not due:
            return
        try:
            record = checkpoint(self._last, self._signer, now)
            self._store.append([record], ())
        except Exception as failure:
            logger.error("journal: checkpoint not written: %s", type(failure).__name__)
            self._known = False
        else:
            self._last, self._since, self._signed_at = record, 0, now

    def _tell(self, taken: Sequence[_Waiting], *, failed: bool) -> None:
        waiting = [one.done for one in taken if one.done is not None]
        if not waiting or self._loop is None:
            return
        try:
            self._loop.call_soon_threadsafe(_resolve, waiting, failed)
        except RuntimeError:  # the loop is closed: nobody waits any more
            logger.warning("journal: %s exchange(s) not told, the loop has ended", len(waiting))


def _first(queue: deque[_Waiting], most: int) -> list[_Waiting]:
    """Take the oldest of a queue, at most so many of them."""
    return [queue.popleft() for _ in range(min(len(queue), most))]


def _resolve(waiting: Sequence[asyncio.Future[None]], failed: bool) -> None:
    for future in waiting:
        if future.done():
            continue
        if failed:
            future.set_exception(JournalError("EG-5001"))
        else:
            future.set_result(None)


def _looked_at(future: asyncio.Future[None]) -> None:
    if not future.cancelled():
        future.exception()
