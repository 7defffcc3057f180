"""``journal.JournalStore`` and ``pseudonymisation.VaultStore`` in SQL, on the ``journal`` database.

Called from the gateway's own threads, each with its own connection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from egide.errors import JournalError
from egide.journal import Entry, Record
from egide.journal.chain import canonical
from egide.journal.retention import WRITER, Start
from egide.pseudonymisation import SealedEntry
from egide.workspace.journalling.models import JournalRecord, VaultEntry

ALIAS = "journal"
BATCH = 2000
FILTERS = ("person", "usage", "provider", "action")


class SqlJournal:
    """Durable, append-only: only ``purging`` removes records, and leaves a signed one that says so."""

    def tail(self, writer: str) -> Record | None:
        """The last record of this writer, or a stand-in for it when all were purged."""
        last = JournalRecord.objects.filter(writer=writer).order_by("-sequence").first()
        return start_of(writer).stand_in(writer) if last is None else to_record(last)

    def append(self, records: Sequence[Record], vault: Sequence[object] = ()) -> None:
        """Records and vault entries in one transaction, on disk when it returns.

        Raises JournalError EG-5001 on any failure: then nothing of it is kept.
        """
        entries = [entry for entry in vault if isinstance(entry, SealedEntry)]
        if len(entries) != len(vault):
            raise JournalError("EG-5001")
        try:
            with transaction.atomic(using=ALIAS):
                _insert(JournalRecord, [_row(record) for record in records])
                _save(entries)
        except DatabaseError:
            # A connection that broke is not used again.
            connections[ALIAS].close()
            raise JournalError("EG-5001") from None

    def read(self) -> Iterator[Record]:
        """Every record, the purges first, then writer by writer, in order. Reads by pages: no long
        transaction. Raises JournalError EG-5007 when records are purged meanwhile."""
        purges = JournalRecord.objects.filter(writer=WRITER)
        known = 0
        for record in _pages(purges):
            known = record.sequence
            yield record
        others = JournalRecord.objects.exclude(writer=WRITER)
        yield from _pages(others, lambda: _unpurged(known))


def start_of(writer: str) -> Start:
    """Where this writer's chain begins, after what was purged of it."""
    purged = JournalRecord.objects.filter(writer=WRITER, kind="purge", exchange=writer)
    last = purged.order_by("-sequence").first()
    if last is None:
        return Start()
    details = json.loads(last.details)
    return Start(details["through"], details["last_hash"])


def _pages(rows: QuerySet[JournalRecord], check: Callable[[], None] = lambda: None) -> Iterator[Record]:
    writer, sequence = "", 0
    while True:
        after = Q(writer__gt=writer) | Q(writer=writer, sequence__gt=sequence)
        page = list(rows.filter(after).order_by("writer", "sequence")[:BATCH])
        check()
        yield from map(to_record, page)
        if len(page) < BATCH:
            return
        writer, sequence = page[-1].writer, page[-1].sequence


def _unpurged(known: int) -> None:
    """Called once a page is read: a purge before it would have left a hole in it."""
    if JournalRecord.objects.filter(writer=WRITER, sequence__gt=known).exists():
        raise JournalError("EG-5007")


class SqlVault:
    """Sealed values by scope. The last one saved for a place stays."""

    def save(self, entries: Sequence[SealedEntry]) -> None:
        """Keep all or none, on disk when it returns."""
        with transaction.atomic(using=ALIAS):
            _save(entries)

    def load(self, scope_id: str, placeholders: Collection[str]) -> list[SealedEntry]:
        """Those of this scope among these names; the others are left out."""
        found: list[SealedEntry] = []
        names = list(placeholders)
        for start in range(0, len(names), BATCH // 4):
            rows = VaultEntry.objects.filter(
                scope=scope_id, placeholder__in=names[start : start + BATCH // 4]
            )
            found += [SealedEntry(r.scope, r.placeholder, r.label, bytes(r.sealed)) for r in rows]
        return found


def purge_vault(days: int, now: datetime | None = None) -> int:
    """Forget values not seen for ``days``. How many were deleted."""
    limit = (now or timezone.now()) - timedelta(days=days)
    return VaultEntry.objects.filter(saved_at__lt=limit).delete()[0]


def to_record(row: JournalRecord) -> Record:
    """The record that a row keeps."""
    entry = Entry(row.kind, row.exchange, row.at, json.loads(row.details))  # type: ignore[arg-type]
    return Record(row.writer, row.sequence, row.previous, entry, row.hash)


def _row(record: Record) -> dict[str, object]:
    entry = record.entry
    return {
        "writer": record.writer,
        "sequence": record.sequence,
        "previous": record.previous,
        "hash": record.hash,
        "kind": entry.kind,
        "exchange": entry.exchange,
        "at": entry.at,
        "details": canonical(dict(entry.details)),
        "moment": _moment(datetime.fromisoformat(entry.at)),
        **{name: str(entry.details.get(name) or "") for name in FILTERS},
    }


def _save(entries: Sequence[SealedEntry]) -> None:
    # The same place twice: the last one stays.
    last = {(entry.scope_id, entry.placeholder): entry for entry in entries}
    now = _moment(timezone.now())
    rows: list[dict[str, Any]] = [
        {
            "scope": e.scope_id,
            "placeholder": e.placeholder,
            "label": e.label,
            "sealed": e.sealed,
            "saved_at": now,
        }
        for e in last.values()
    ]
    _insert(VaultEntry, rows, place=("scope", "placeholder"))


def _moment(moment: datetime) -> object:
    return connections[ALIAS].ops.adapt_datetimefield_value(moment)


def _insert(model: type[Model], rows: Sequence[dict[str, Any]], place: tuple[str, ...] = ()) -> None:
    """Insert ``rows``; a row whose ``place`` is taken replaces the one there.

    Plain SQL, the same for SQLite and PostgreSQL: this is on the way of every exchange, and the ORM
    would take five times longer.
    """
    if not rows:
        return
    names = list(rows[0])
    columns, marks = ", ".join(names), ", ".join(["%s"] * len(names))
    query = f"insert into {model._meta.db_table} ({columns}) values ({marks})"  # noqa: S608 - our own names
    if place:
        changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in place)
        query += f" on conflict ({', '.join(place)}) do update set {changes}"
    with connections[ALIAS].cursor() as cursor:
        cursor.executemany(query, [tuple(row.values()) for row in rows])
