"""The journal's own thread: what many exchanges want written is written together, in one transaction.

    await journal.write(entry, sealed)   # durable when it returns; raises JournalError EG-5001
    journal.note(entry)                  # written as soon as possible, kept until it is

A batch that fails is lost for those who wait (their exchange stops), and kept for notes. The next batch
reads the end of the chain again, because a failed write may have been kept after all.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from egide.errors import JournalError
from egide.journal import Entry, JournalStore, Pace, Record, Signer, chain, checkpoint
from egide.journal.details import check_entry
from egide.pseudonymisation import SealedEntry

logger = logging.getLogger(__name__)
_MOST_NOTES: Final = 100_000
_MOST_IN_A_BATCH: Final = 512
# Between two tries when the store fails and only notes wait.
_RETRY_SECONDS: Final = 1.0
_IDLE_SECONDS: Final = 30.0
# A note waits this long for a write to go with: two records then cost one commit.
_GATHER_SECONDS: Final = 0.05


@dataclass(slots=True)
class _Waiting:
    entry: Entry
    sealed: Sequence[SealedEntry] = field(repr=False)
    done: asyncio.Future[None] | None


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
        self._queue: deque[_Waiting] = deque()
        self._wake = threading.Event()  # something is to be written
        self._urgent = threading.Event()  # and somebody waits for it
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._last: Record | None = None
        self._known = False  # whether ``_last`` is the end of the chain
        self._tried, self._tried_notes = "", 0  # the last write, in case it seems to fail and did not
        self._since, self._signed_at = 0, now()

    def start(self) -> None:
        """Start the thread, for the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="egide-journal", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Write what waits, sign the end of the chain, and end the thread."""
        self._stopping = True
        self._urgent.set()
        self._wake.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)
            self._thread = None

    def write(self, entry: Entry, sealed: Sequence[SealedEntry] = ()) -> asyncio.Future[None]:
        """A future that is done once ``entry`` and ``sealed`` are on disk. Raises JournalError when the
        entry may not enter the journal; the future fails with EG-5001 when it cannot be written."""
        check_entry(entry)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        # An exchange that is abandoned may never look at it: that is no error of the loop's.
        done.add_done_callback(_looked_at)
        if self._thread is None or self._stopping:
            done.set_exception(JournalError("EG-5001"))
            return done
        self._add(_Waiting(entry, sealed, done))
        return done

    def note(self, entry: Entry) -> None:
        """Write ``entry`` without waiting; tried again until it is written."""
        check_entry(entry)
        if len(self._queue) < _MOST_NOTES:
            self._add(_Waiting(entry, (), None))
        else:
            logger.error("journal: too many records wait to be written, one is dropped")

    def _add(self, waiting: _Waiting) -> None:
        self._queue.append(waiting)
        if waiting.done is not None:
            self._urgent.set()
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(_RETRY_SECONDS if self._queue else _IDLE_SECONDS)
            self._wake.clear()
            while self._queue and self._batch():
                pass
            self._sign()
        while self._queue and self._batch():
            pass
        if self._queue:
            logger.error("journal: %s record(s) lost, the store fails", len(self._queue))
        self._sign(closing=True)

    def _batch(self) -> bool:
        """Write what waits. False when it could not be."""
        taken: list[_Waiting] = []
        try:
            self._recover()
            while self._queue and len(taken) < _MOST_IN_A_BATCH:
                taken.append(self._queue.popleft())
            if taken:
                self._append(taken)
        except Exception as failure:  # whatever the store raises, nothing may be released
            logger.error("journal: records not written: %s", type(failure).__name__)
            self._known = False
            while not taken and self._queue:
                taken.append(self._queue.popleft())
            self._queue.extendleft(waiting for waiting in reversed(taken) if waiting.done is None)
            self._tell(taken, failed=True)
            return False
        self._tell(taken, failed=False)
        self._sign()
        return True

    def _recover(self) -> None:
        """Find the end of the chain. If a write that seemed to fail was kept, its notes wait no more."""
        if self._known:
            return
        self._last, self._known = self._store.tail(self._writer), True
        if self._last is not None and self._last.hash == self._tried:
            for _ in range(self._tried_notes):
                self._queue.popleft()
        self._tried, self._tried_notes = "", 0

    def _append(self, taken: Sequence[_Waiting]) -> None:
        records = chain(self._last, self._writer, [waiting.entry for waiting in taken])
        self._tried = records[-1].hash
        self._tried_notes = sum(waiting.done is None for waiting in taken)
        self._store.append(records, [entry for waiting in taken for entry in waiting.sealed])
        self._last = records[-1]
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
