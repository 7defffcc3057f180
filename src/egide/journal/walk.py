"""One writer's chain, followed record by record: its order, its hashes, its exchanges, its checkpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from egide.errors import JournalError
from egide.journal.chain import GENESIS, Record, record_hash
from egide.journal.checkpoint import CHECKPOINT, Verifier, statement
from egide.journal.details import is_identifier

KINDS: Final = ("opened", "moved", "closed", "refused", "checkpoint")


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was verified of one writer. ``checkpoint`` is the sequence of the last one, 0 without any."""

    writer: str
    records: int
    checkpoint: int
    unfinished: int

    @property
    def uncovered(self) -> int:
        """Records after the last checkpoint: chained, but no checkpoint vouches for them yet."""
        return self.records - self.checkpoint


class Walk:
    """Follows the records of one writer. Memory: some bytes per exchange, never the records."""

    def __init__(self, writer: str, keys: Mapping[str, Verifier]) -> None:
        self.writer = writer
        self.last: Record | None = None
        self._keys = keys
        self._checkpoint = 0
        # Hashes in place of the ids: eight bytes that count for one exchange among millions.
        self._open: set[int] = set()
        self._ended: set[int] = set()

    def step(self, record: Record) -> None:
        """Take the next record. Raises JournalError EG-5002 with what is wrong and where."""
        self._place(record)
        if record.entry.kind == "checkpoint":
            self._signed(record)
        else:
            self._exchange(record)
        self.last = record

    def report(self) -> ChainReport:
        """What was verified so far."""
        records = self.last.sequence if self.last else 0
        return ChainReport(self.writer, records, self._checkpoint, len(self._open))

    def _place(self, record: Record) -> None:
        sequence, previous = (self.last.sequence, self.last.hash) if self.last else (0, GENESIS)
        if record.sequence != sequence + 1:
            raise broken(f"l'enregistrement {sequence + 1} était attendu", self.writer, record.sequence)
        if record.previous != previous:
            raise broken("il ne suit pas l'enregistrement précédent", self.writer, record.sequence)
        if record.hash != record_hash(record.writer, record.sequence, record.previous, record.entry):
            raise broken("son contenu a été modifié", self.writer, record.sequence)
        if record.entry.kind not in KINDS:
            raise broken("sa nature est inconnue", self.writer, record.sequence)

    def _exchange(self, record: Record) -> None:
        exchange, kind = hash(record.entry.exchange), record.entry.kind
        if kind == "closed":
            if exchange not in self._open:
                raise broken("il termine un échange qui n'est pas ouvert", self.writer, record.sequence)
            self._open.remove(exchange)
            self._ended.add(exchange)
        elif kind == "moved":
            if exchange not in self._open:
                raise broken("il déplace un échange qui n'est pas ouvert", self.writer, record.sequence)
        elif exchange in self._open or exchange in self._ended:
            raise broken("il reprend un échange déjà journalisé", self.writer, record.sequence)
        else:
            (self._open if kind == "opened" else self._ended).add(exchange)

    def _signed(self, record: Record) -> None:
        details, previous = record.entry.details, self.last
        key = self._keys.get(str(details.get("key")))
        if key is None or previous is None:
            raise broken("ce point de contrôle est signé par une autre clé", self.writer, record.sequence)
        content = statement(previous, record.entry.at, key.key_id)
        if not key.signed(CHECKPOINT, content, str(details.get("signature"))):
            raise broken("la signature de ce point de contrôle est fausse", self.writer, record.sequence)
        self._checkpoint = record.sequence


def broken(reason: str, writer: str, sequence: int) -> JournalError:
    """The error of a journal that does not verify. A writer's name that is no identifier is not repeated."""
    return JournalError(
        "EG-5002", reason=reason, writer=writer if is_identifier(writer) else "?", sequence=sequence
    )
