"""Where chained records are kept: a port, implemented in SQL by the workspace and in memory by tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from egide.journal.chain import Record


class JournalStore(Protocol):
    """Durable, append-only. Synchronous: the gateway calls it from its own journal thread."""

    def tail(self, writer: str) -> Record | None:
        """The last record of this writer, to go on with its chain after a restart. When all were purged, a
        stand-in whose place and hash are those of the last one that went."""

    def append(self, records: Sequence[Record], vault: Sequence[object]) -> None:
        """Write ``records`` and the sealed vault entries (``pseudonymisation.SealedEntry``) in ONE
        transaction, on disk when it returns. Raises on any failure: then nothing of it is kept."""

    def read(self) -> Iterator[Record]:
        """Every record: the purges (``retention.WRITER``) first, then writer by writer, in order."""
