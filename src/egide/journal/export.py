"""The journal in a file: JSON lines that anyone can verify (for a spreadsheet, see ``spreadsheet``).

A header (format, public key, and the filter when it is a part), the records as they are chained, and a
seal. The seal signs the digest of all that comes before it, so that nothing can be taken off unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from egide.journal.chain import Record, canonical
from egide.journal.checkpoint import SEAL, Signer
from egide.journal.selection import Selection, select

FORMAT: Final = 1
# A part of the journal: read by who knows that records are missing.
FILTERED: Final = 2


def header(public_key: str, selection: Selection | None = None) -> str:
    """The first line of an export, without its end of line."""
    head: dict[str, object] = {"egide": "journal", "format": FORMAT, "public_key": public_key}
    if selection:
        head |= {"format": FILTERED, "filter": selection.asked()}
    return canonical(head)


def read_filter(line: str) -> Selection:
    """What the export that begins with ``line`` was limited to. Raises ValueError or JournalError."""
    head = json.loads(line)
    asked = head.get("filter", {}) if isinstance(head, dict) else None
    if not isinstance(asked, dict) or not all(isinstance(value, str) for value in asked.values()):
        raise ValueError("not a header")
    try:
        return Selection(**asked)
    except TypeError:
        raise ValueError("not a filter") from None


def export_lines(
    records: Iterable[Record], signer: Signer, at: datetime, selection: Selection | None = None
) -> Iterator[str]:
    """The lines of a verifiable export, each with its end of line, from ``JournalStore.read()``.

    With a selection, the whole journal is verified while the part is taken out of it: raises JournalError
    EG-5002, and no seal is made, when it was altered.
    """
    digest = hashlib.sha256()
    verifier = signer.verifier
    count = -1  # the header is no record
    if selection:
        records = select(records, selection, {verifier.key_id: verifier})
    lines = (record.line() for record in records)
    for line in _first(header(verifier.public_key, selection), lines):
        digest.update(f"{line}\n".encode())
        count += 1
        yield f"{line}\n"
    statement = {
        "at": at.astimezone(UTC).isoformat(),
        "digest": digest.hexdigest(),
        "key": verifier.key_id,
        "records": count,
    }
    yield canonical({**statement, "seal": signer.sign(SEAL, statement)}) + "\n"


def _first(line: str, others: Iterable[str]) -> Iterator[str]:
    yield line
    yield from others
