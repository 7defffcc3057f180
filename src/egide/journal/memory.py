"""A journal kept in memory: for the library and for tests. As strict as the durable ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

from egide.errors import JournalError
from egide.journal.chain import GENESIS, Record, record_hash
from egide.journal.retention import WRITER


class MemoryJournal:
    """A ``JournalStore`` that lasts as long as the process. Safe to share between threads."""

    def __init__(self) -> None:
        self._chains: dict[str, list[Record]] = {}
        self.vault: list[object] = []
        self._lock = Lock()

    def tail(self, writer: str) -> Record | None:
        """The last record of this writer."""
        records = self._chains.get(writer)
        return records[-1] if records else None

    def append(self, records: Sequence[Record], vault: Sequence[object] = ()) -> None:
        """Keep all of it or nothing. Raises JournalError EG-5001 when a record does not follow."""
        with self._lock:
            tails: dict[str, Record | None] = {}
            for record in records:
                last = tails.get(record.writer) or self.tail(record.writer)
                if not follows(last, record):
                    raise JournalError("EG-5001")
                tails[record.writer] = record
            for record in records:
                self._chains.setdefault(record.writer, []).append(record)
            self.vault.extend(vault)

    def read(self) -> Iterator[Record]:
        """Every record, the purges first, then writer by writer, in order of sequence."""
        for writer in sorted(self._chains, key=lambda name: (name != WRITER, name)):
            yield from tuple(self._chains[writer])


def follows(last: Record | None, record: Record) -> bool:
    """Whether ``record`` is the true next one of its writer after ``last``."""
    sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    expected = record_hash(record.writer, sequence + 1, previous, record.entry)
    return (record.sequence, record.previous, record.hash) == (sequence + 1, previous, expected)
