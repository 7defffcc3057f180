"""The journal: one chain of records per writer, signed checkpoints, export and independent verification."""

from __future__ import annotations

from egide.journal.chain import GENESIS, Record, chain
from egide.journal.checkpoint import Pace, Signer, Verifier, checkpoint
from egide.journal.details import check_details
from egide.journal.export import export_lines
from egide.journal.memory import MemoryJournal
from egide.journal.record import Entry
from egide.journal.selection import Selection
from egide.journal.spreadsheet import export_csv
from egide.journal.store import JournalStore
from egide.journal.verify import Report, verify

__all__ = [
    "GENESIS",
    "Entry",
    "JournalStore",
    "MemoryJournal",
    "Pace",
    "Record",
    "Report",
    "Selection",
    "Signer",
    "Verifier",
    "chain",
    "check_details",
    "checkpoint",
    "export_csv",
    "export_lines",
    "verify",
]
