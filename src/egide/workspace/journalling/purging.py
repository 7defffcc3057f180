"""The end of the retention period: the oldest records go, batch by batch, each with its signed record.

A batch and the record that vouches for its removal are one transaction: whenever it stops, the journal
verifies. What was altered is never purged: that would wipe the traces.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connections, transaction
from django.utils.translation import gettext

from egide.errors import JournalError
from egide.journal import Record, Signer
from egide.journal.retention import WRITER
from egide.journal.retention import purge as purge_record
from egide.journal.walk import Walk, broken
from egide.workspace.journalling import services
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import ALIAS, SqlJournal, start_of, to_record

logger = logging.getLogger(__name__)
# Exchanges wait for one removal: a tenth of a second with SQLite.
REMOVED_AT_ONCE = 2000


def purge(days: int | None, now: datetime) -> int:
    """Remove records older than ``days`` (None: keep everything). How many went.

    A chain that does not verify is left as it is, and said in the log; the others are purged.
    """
    if days is None:
        return 0
    limit, signer, gone = now - timedelta(days=days), services.signer(), 0
    old = JournalRecord.objects.exclude(writer=WRITER).filter(moment__lt=limit)
    for writer in old.order_by().values_list("writer", flat=True).distinct():
        try:
            while removed := _oldest(writer, limit, signer):
                _remove(removed, signer, now, days)
                gone += len(removed)
        except JournalError as problem:
            # Another process of the server that purges too: it goes on, this one leaves it to it.
            level = logging.INFO if problem.code == "EG-5001" else logging.ERROR
            logger.log(level, "journal: %s is not purged: %s", writer, problem.code)
    return gone


def _oldest(writer: str, limit: datetime, signer: Signer) -> list[Record]:
    """The oldest records of this chain before ``limit``, verified, at most a batch of them."""
    rows = JournalRecord.objects.filter(writer=writer).order_by("sequence")[: REMOVED_AT_ONCE + 1]
    verifier = signer.verifier
    walk = Walk(writer, {verifier.key_id: verifier}, start_of(writer))
    found: list[Record] = []
    for row in rows:
        record = to_record(row)
        walk.step(record)  # also the first that stays: it must rest on the last that goes
        if len(found) == REMOVED_AT_ONCE or _time(record) >= limit:
            break
        found.append(record)
    return found


def _time(record: Record) -> datetime:
    """The time that was hashed, not the column that repeats it: that one can be changed unseen."""
    try:
        return datetime.fromisoformat(record.entry.at).astimezone(UTC)
    except ValueError:
        raise broken(gettext("sa date est illisible"), record.writer, record.sequence) from None


def _remove(removed: list[Record], signer: Signer, now: datetime, days: int) -> None:
    """In one transaction. Raises JournalError EG-5001, and keeps all, also when another process purges."""
    writer, through = removed[-1].writer, removed[-1].sequence
    journal = SqlJournal()
    try:
        with transaction.atomic(using=ALIAS):
            journal.append([purge_record(journal.tail(WRITER), removed, signer, now, days)])
            gone, _ = JournalRecord.objects.filter(writer=writer, sequence__lte=through).delete()
            if gone != len(removed):
                raise JournalError("EG-5001")
    except DatabaseError:
        connections[ALIAS].close()
        raise JournalError("EG-5001") from None
