"""The journal in a file: JSON lines that anyone can verify, or CSV for a spreadsheet.

JSON lines: a header (format and public key), the records as they are chained, and a seal. The seal
signs the digest of all that comes before it, so that nothing can be taken off the end unseen.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from egide.journal.chain import Record, canonical
from egide.journal.checkpoint import SEAL, Signer

FORMAT: Final = 1
# Heading and key of the details that have their own column; the others share the last one.
COLUMNS: Final = {
    "personne": "person",
    "usage": "usage",
    "fournisseur": "provider",
    "modèle": "model",
    "action": "action",
    "règle": "rule",
}


def header(public_key: str) -> str:
    """The first line of an export, without its end of line."""
    return canonical({"egide": "journal", "format": FORMAT, "public_key": public_key})


def export_lines(records: Iterable[Record], signer: Signer, at: datetime) -> Iterator[str]:
    """The lines of a verifiable export, each with its end of line, from ``JournalStore.read()``."""
    digest = hashlib.sha256()
    count = -1  # the header is no record
    verifier = signer.verifier
    lines = (record.line() for record in records)
    for line in _first(header(verifier.public_key), lines):
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


def export_csv(records: Iterable[Record]) -> Iterator[str]:
    """Lines for a French spreadsheet (semicolons, byte order mark). To read, not to verify."""
    titles = [
        "écrivain",
        "numéro",
        "date",
        "nature",
        "échange",
        *COLUMNS,
        "types",
        "autres détails",
        "empreinte",
    ]
    yield "\ufeff" + _row(titles)
    for record in records:
        yield _row(_cells(record))


def _first(line: str, others: Iterable[str]) -> Iterator[str]:
    yield line
    yield from others


def _cells(record: Record) -> list[object]:
    entry = record.entry
    details = dict(entry.details)
    own = [details.pop(key, None) for key in COLUMNS.values()]
    labels = details.pop("labels", None)
    counts = (
        " ".join(f"{name}={count}" for name, count in labels.items()) if isinstance(labels, Mapping) else ""
    )
    others = canonical(details) if details else ""
    place = [record.writer, record.sequence, entry.at, entry.kind, entry.exchange]
    return [*place, *own, counts, others, record.hash]


def _row(cells: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
