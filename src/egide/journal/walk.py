"""One writer's chain, followed record by record: its order, its hashes, its exchanges, its checkpoints.

``Chains`` follows those of all writers: the purges come first, and say where each other chain begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from egide.errors import JournalError
from egide.journal.chain import GENESIS, Record, record_hash
from egide.journal.checkpoint import CHECKPOINT, Verifier, statement
from egide.journal.details import is_identifier
from egide.journal.retention import WRITER, Start, is_signed, next_start

KINDS: Final = ("opened", "moved", "closed", "refused", "decided", "checkpoint")


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was verified of one writer. ``checkpoint`` is the sequence of the last one, 0 without any;
    ``purged`` how many records were removed before, by signed purges; ``records`` how many are left."""

    writer: str
    records: int
    checkpoint: int
    unfinished: int
    purged: int = 0

    @property
    def last(self) -> int:
        """Sequence of the last record."""
        return self.purged + self.records

    @property
    def uncovered(self) -> int:
        """Records after the last checkpoint or purge: chained, but no signature vouches for them yet."""
        return self.last - max(self.checkpoint, self.purged)


class Walk:
    """Follows the records of one writer. Memory: some bytes per exchange, never the records."""

    def __init__(self, writer: str, keys: Mapping[str, Verifier], start: Start | None = None) -> None:
        self.writer = writer
        self._start = start or Start()
        self.last: Record | None = self._start.stand_in(writer)
        self.starts: dict[str, Start] = {}
        self._keys = keys
        self._checkpoint = 0
        # Hashes in place of the ids: eight bytes that count for one exchange among millions.
        self._open: set[int] = set()
        self._ended: set[int] = set()

    def step(self, record: Record) -> None:
        """Take the next record. Raises JournalError EG-5002 with what is wrong and where."""
        self._place(record)
        if record.entry.kind == "purge":
            self._purge(record)
        elif record.entry.kind == "checkpoint":
            self._signed(record)
        else:
            self._exchange(record)
        self.last = record

    def report(self) -> ChainReport:
        """What was verified so far."""
        purged = self._start.sequence
        records = self.last.sequence - purged if self.last else 0
        return ChainReport(self.writer, records, self._checkpoint, len(self._open), purged)

    def _place(self, record: Record) -> None:
        sequence, previous = (self.last.sequence, self.last.hash) if self.last else (0, GENESIS)
        if record.sequence != sequence + 1:
            raise broken(f"l'enregistrement {sequence + 1} était attendu", self.writer, record.sequence)
        if record.previous != previous:
            raise broken("il ne suit pas l'enregistrement précédent", self.writer, record.sequence)
        if record.hash != record_hash(record.writer, record.sequence, record.previous, record.entry):
            raise broken("son contenu a été modifié", self.writer, record.sequence)
        if record.entry.kind not in (("purge",) if self.writer == WRITER else KINDS):
            raise broken("sa nature est inconnue", self.writer, record.sequence)

    def _exchange(self, record: Record) -> None:
        exchange, kind = hash(record.entry.exchange), record.entry.kind
        if kind == "closed":
            # Its beginning may have been purged.
            begun = exchange in self._open or (self._start.sequence and exchange not in self._ended)
            if not begun:
                raise broken("il termine un échange qui n'est pas ouvert", self.writer, record.sequence)
            self._open.discard(exchange)
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

    def _purge(self, record: Record) -> None:
        key = self._keys.get(str(record.entry.details.get("key")))
        if key is None:
            raise broken("cette purge est signée par une autre clé", self.writer, record.sequence)
        if not is_signed(self.last, record, key):
            raise broken("la signature de cette purge est fausse", self.writer, record.sequence)
        shortened = record.entry.exchange
        start = next_start(self.starts.get(shortened, Start()), record)
        if start is None:
            raise broken("cette purge ne suit pas la précédente", self.writer, record.sequence)
        self.starts[shortened] = start
        self._checkpoint = record.sequence


class Chains:
    """The chains of all writers, one after the other, the purges first."""

    def __init__(self, keys: Mapping[str, Verifier]) -> None:
        self._keys = keys
        self._walk: Walk | None = None
        self._starts: Mapping[str, Start] = {}
        self._done: dict[str, ChainReport] = {}

    def step(self, record: Record) -> None:
        """Take the next record. Raises JournalError EG-5002 with what is wrong and where."""
        if self._walk is None or self._walk.writer != record.writer:
            self._leave()
            if record.writer in self._done or (record.writer == WRITER and self._done):
                raise broken("cet écrivain était déjà terminé", record.writer, record.sequence)
            self._walk = Walk(record.writer, self._keys, self._starts.get(record.writer))
        self._walk.step(record)

    def last(self) -> ChainReport:
        """What was verified of the writer under way."""
        return self._walk.report() if self._walk else ChainReport("?", 0, 0, 0)

    def end(self) -> tuple[ChainReport, ...]:
        """What was verified of each writer, once there is no more record."""
        self._leave()
        gone = (writer for writer in self._starts if writer not in self._done)
        purged = (ChainReport(writer, 0, 0, 0, self._starts[writer].sequence) for writer in gone)
        return (*self._done.values(), *purged)

    def _leave(self) -> None:
        if self._walk is not None:
            self._done[self._walk.writer] = self._walk.report()
            self._starts = self._starts or self._walk.starts


def broken(reason: str, writer: str, sequence: int) -> JournalError:
    """The error of a journal that does not verify. A writer's name that is no identifier is not repeated."""
    return JournalError(
        "EG-5002", reason=reason, writer=writer if is_identifier(writer) else "?", sequence=sequence
    )
