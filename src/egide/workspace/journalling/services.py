"""The journal's key, its check, and its export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils import timezone

from egide.journal import Selection, Signer, export_csv, export_lines
from egide.journal.walk import ChainReport, Chains
from egide.workspace import wiring
from egide.workspace.journalling.models import JournalRecord
from egide.workspace.journalling.store import SqlJournal


@dataclass(frozen=True, slots=True)
class Checked:
    """What was verified, writer by writer."""

    chains: tuple[ChainReport, ...]

    @property
    def records(self) -> int:
        """How many records, of all writers."""
        return sum(chain.records for chain in self.chains)

    @property
    def purged(self) -> int:
        """How many were removed at the end of their retention period."""
        return sum(chain.purged for chain in self.chains)


# Beyond, reading it all takes minutes: the page leads to the export and the command instead.
CHECKED_AT_MOST = 100_000


def checkable() -> bool:
    """Whether the journal is short enough to be read again while a person waits. Counts nothing."""
    last = JournalRecord.objects.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) <= CHECKED_AT_MOST


def signer() -> Signer:
    """The private key of the journal, derived from the master key."""
    return Signer(wiring.keyring().derive("journal signing"))


def check() -> Checked:
    """Read every record and check order, content and signatures. Raises JournalError EG-5002."""
    verifier = signer().verifier
    chains = Chains({verifier.key_id: verifier})
    for record in SqlJournal().read():
        chains.step(record)
    return Checked(chains.end())


def export(as_csv: bool, selection: Selection | None = None) -> Iterator[str]:
    """The journal, or a part of it: JSON lines to verify, or CSV to read."""
    records = SqlJournal().read()
    if as_csv:
        return export_csv(records, timezone.get_default_timezone(), selection)
    return export_lines(records, signer(), timezone.now(), selection)


def midnight(day: date) -> str:
    """The moment when this day of ours begins, as the journal writes it."""
    local = timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())
    return local.astimezone(UTC).isoformat()
