"""The end of a record's life: the oldest of a chain are removed, and a signed record says so for ever.

A purge record stands in a chain of its own (``WRITER``), named by the chain that it shortened. It signs
how many records went, up to which sequence, the hash of the last one, on which the next one rests, and
the digest of them all: whoever kept an older export can prove that it is those that went. It signs
its own place too, so that no purge can be left out or put elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from egide.errors import JournalError
from egide.journal.chain import GENESIS, Record, chain
from egide.journal.checkpoint import Signer, Verifier
from egide.journal.record import Entry

WRITER: Final = "retention"
PURGE: Final = "egide/journal/purge/1"
_SIGNED: Final = ("removed", "through", "last_hash", "removed_digest", "days", "key")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chain begins: after this sequence, resting on this hash. A whole chain: ``Start()``."""

    sequence: int = 0
    hash: str = GENESIS

    def stand_in(self, writer: str) -> Record | None:
        """In place of the last record that went: its place and its hash, not its content."""
        return Record(writer, self.sequence, "", Entry("purge", "", ""), self.hash) if self.sequence else None


def purge(last: Record | None, removed: Sequence[Record], signer: Signer, at: datetime, days: int) -> Record:
    """The record that vouches for the removal of ``removed``, the oldest of one chain, in order.

    ``last``: the last purge record; ``days``: the retention period that asked for it. The caller has
    verified ``removed`` (``walk.Walk``). Raises JournalError EG-5008 when they do not follow each other.
    """
    writers = {record.writer for record in removed}
    follow = all(b.previous == a.hash for a, b in pairwise(removed))
    if len(writers) != 1 or WRITER in writers or not follow:
        raise JournalError("EG-5008")
    end = removed[-1]
    details: dict[str, object] = {
        "removed": len(removed),
        "through": end.sequence,
        "last_hash": end.hash,
        "removed_digest": digest(removed),
        "days": days,
        "key": signer.verifier.key_id,
    }
    entry = Entry("purge", end.writer, at.astimezone(UTC).isoformat(), details)
    signed = {**details, "signature": signer.sign(PURGE, _statement(last, entry))}
    return chain(last, WRITER, [replace(entry, details=signed)])[0]


def digest(removed: Iterable[Record]) -> str:
    """SHA-256 of the lines of these records, each with its end of line."""
    found = hashlib.sha256()
    for record in removed:
        found.update(f"{record.line()}\n".encode())
    return found.hexdigest()


def is_signed(last: Record | None, record: Record, key: Verifier) -> bool:
    """Whether ``record``, which follows ``last``, was signed by ``key``."""
    return key.signed(PURGE, _statement(last, record.entry), str(record.entry.details.get("signature")))


def next_start(start: Start, record: Record) -> Start | None:
    """Where the chain that ``record`` shortened now begins. None when it does not follow ``start``."""
    details = record.entry.details
    through, removed, hashed = (details.get(name) for name in ("through", "removed", "last_hash"))
    if type(through) is not int or type(removed) is not int or not isinstance(hashed, str):
        return None
    return Start(through, hashed) if 0 < removed == through - start.sequence else None


def _statement(last: Record | None, entry: Entry) -> dict[str, object]:
    place = {"previous": last.hash if last else GENESIS, "sequence": last.sequence + 1 if last else 1}
    told = {name: entry.details.get(name) for name in _SIGNED}
    return {**told, **place, "at": entry.at, "writer": entry.exchange}
