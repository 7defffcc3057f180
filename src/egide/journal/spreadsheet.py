"""The journal for a French spreadsheet: semicolons, decimal commas, dates that it reads as dates.

To read, not to verify. No cell is taken for a formula, whatever the record holds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Final

from egide.journal.chain import Record, canonical
from egide.journal.retention import WRITER
from egide.journal.selection import Selection, Sieve

# Heading and key of the details that have their own column; the others share one.
COLUMNS: Final = {
    "personne": "person",
    "usage": "usage",
    "fournisseur": "provider",
    "modèle": "model",
    "action": "action",
    "règle": "rule",
    "fin": "status",
    "erreur": "error",
    "jetons envoyés": "input_tokens",
    "jetons reçus": "output_tokens",
    "durée (ms)": "duration_ms",
}
# The same for details that are counts by name.
COUNTS: Final = {"types": "labels", "pièces jointes": "attachments"}
# fmt: off
TITLES: Final = (
    "écrivain", "numéro", "date", "date UTC", "nature", "échange", *COLUMNS,
    *COUNTS, "autres détails", "empreinte",
)
# fmt: on
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def export_csv(records: Iterable[Record], zone: tzinfo, selection: Selection | None = None) -> Iterator[str]:
    """Lines for a spreadsheet, from ``JournalStore.read()``; ``zone`` is that of the dates.

    The last line of a part says what it was limited to.
    """
    yield "\ufeff" + row(TITLES)
    sieve = Sieve(selection or Selection())
    for record in records:
        if not selection or sieve.takes(record):
            yield row(_cells(record, zone))
    if selection:
        asked = ", ".join(f"{name} : {value}" for name, value in selection.asked().items())
        yield row([f"Extrait du journal, limité à : {asked}", *[""] * (len(TITLES) - 1)])


def _cells(record: Record, zone: tzinfo) -> list[object]:
    entry = record.entry
    details = dict(entry.details)
    own = [details.pop(key, None) for key in COLUMNS.values()]
    counts = [_counts(details.pop(key, None)) for key in COUNTS.values()]
    others = canonical(details) if details else ""
    about = f"purge de {entry.exchange}" if record.writer == WRITER else entry.exchange
    place = [record.writer, record.sequence, _local(entry.at, zone), entry.at, entry.kind, about]
    return [*place, *own, *counts, others, record.hash]


def _counts(told: object) -> str:
    return " ".join(f"{name}={count}" for name, count in told.items()) if isinstance(told, Mapping) else ""


def _local(at: str, zone: tzinfo) -> str:
    """The time in a form that a French spreadsheet takes for one; empty when it is none."""
    try:
        return datetime.fromisoformat(at).astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
    except ValueError:
        return ""


def row(cells: Iterable[object]) -> str:
    """One line for a French spreadsheet, its end included; what could be taken for a formula is text."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(map(_cell, cells))
    return out.getvalue()


def _cell(value: object) -> object:
    """A number as the French write it; a text that a spreadsheet could take for a formula as text."""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return f"'{value}"
    return value
