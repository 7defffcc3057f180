"""The chain: each record holds the hash of the one before it, so that none can change or vanish unseen.

The hash is SHA-256 over the canonical JSON of the record without its hash: sorted keys, no space,
UTF-8. It covers the writer and the sequence, so a record cannot be moved to another place or chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from egide.errors import JournalError
from egide.journal.details import check_entry, is_identifier
from egide.journal.record import Entry

GENESIS: Final = "0" * 64
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Record:
    """An entry in its place: ``sequence`` counts from 1 for each ``writer``; hashes are 64 hex digits.

    The first record of a writer has ``GENESIS`` as ``previous``.
    """

    writer: str
    sequence: int
    previous: str
    entry: Entry
    hash: str

    def line(self) -> str:
        """The record as canonical JSON: one line of an export, without its end of line."""
        return canonical({**_body(self.writer, self.sequence, self.previous, self.entry), "hash": self.hash})


def read_line(line: str) -> Record:
    """The record of a line. Raises ValueError unless the line is exactly what ``Record.line`` writes."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise ValueError("not an object")
    try:
        entry = Entry(content["kind"], content["exchange"], content["at"], content["details"])
        record = Record(content["writer"], content["sequence"], content["previous"], entry, content["hash"])
    except KeyError as missing:
        raise ValueError("a key is missing") from missing
    texts = (record.writer, record.previous, record.hash, entry.kind, entry.exchange, entry.at)
    sound = all(type(text) is str for text in texts) and type(record.sequence) is int
    if not sound or type(entry.details) is not dict or record.line() != line:
        raise ValueError("not a canonical record")
    return record


def canonical(content: object) -> str:
    """The one way to write ``content`` in JSON. Raises ValueError on what JSON cannot hold exactly."""
    return _encode(content)


def record_hash(writer: str, sequence: int, previous: str, entry: Entry) -> str:
    """The hash that a record in this place must have."""
    return hashlib.sha256(canonical(_body(writer, sequence, previous, entry)).encode()).hexdigest()


def chain(previous: Record | None, writer: str, entries: Iterable[Entry]) -> list[Record]:
    """Chain ``entries`` after ``previous`` (None: the writer's first). All or none.

    Raises JournalError EG-5003 when an entry holds something else than identifiers, counts and
    hashes, EG-5001 when ``previous`` is of another writer.
    """
    if not is_identifier(writer) or (previous is not None and previous.writer != writer):
        raise JournalError("EG-5001")
    sequence, last = (previous.sequence, previous.hash) if previous else (0, GENESIS)
    records = []
    for entry in entries:
        check_entry(entry)
        sequence += 1
        record = Record(writer, sequence, last, entry, record_hash(writer, sequence, last, entry))
        last = record.hash
        records.append(record)
    return records


def _body(writer: str, sequence: int, previous: str, entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at,
        "details": entry.details,
        "exchange": entry.exchange,
        "kind": entry.kind,
        "previous": previous,
        "sequence": sequence,
        "writer": writer,
    }
