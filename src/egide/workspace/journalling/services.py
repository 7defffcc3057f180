"""The journal's key, its check, and its export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from egide.journal import Signer, export_csv, export_lines
from egide.journal.walk import ChainReport, Walk
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
    walks: dict[str, Walk] = {}
    for record in SqlJournal().read():
        walk = walks.setdefault(record.writer, Walk(record.writer, {verifier.key_id: verifier}))
        walk.step(record)
    return Checked(tuple(walk.report() for walk in walks.values()))


def export(as_csv: bool) -> Iterator[str]:
    """The whole journal: JSON lines to verify, or CSV to read."""
    records = SqlJournal().read()
    return export_csv(records) if as_csv else export_lines(records, signer(), timezone.now())
