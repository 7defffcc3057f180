"""Verifies the records of a filtered export: what can be known of each without those left out."""

from __future__ import annotations

from collections.abc import Mapping

from egide.journal.chain import Record, record_hash
from egide.journal.checkpoint import Verifier
from egide.journal.retention import WRITER, Start
from egide.journal.selection import Selection, Sieve
from egide.journal.walk import ChainReport, Walk, broken


class Partial:
    """The purges are verified whole; of the other records: content, order, and that the filter takes them."""

    def __init__(self, selection: Selection, keys: Mapping[str, Verifier]) -> None:
        self._sieve = Sieve(selection)
        self._purges = Walk(WRITER, keys)
        self._last: Record | None = None
        self._counts: dict[str, int] = {}

    def step(self, record: Record) -> None:
        """Take the next record. Raises JournalError EG-5002 with what is wrong and where."""
        if record.writer == WRITER:
            if self._counts.keys() - {WRITER}:
                raise broken("les purges ne sont pas en tête du fichier", record.writer, record.sequence)
            self._purges.step(record)
        else:
            self._place(record)
            if not self._sieve.takes(record):
                raise broken("il ne répond pas au filtre", record.writer, record.sequence)
        self._last = record
        self._counts[record.writer] = self._counts.get(record.writer, 0) + 1

    def last(self) -> ChainReport:
        """What was verified of the writer under way."""
        if self._last is None:
            return ChainReport("?", 0, 0, 0)
        count = self._counts[self._last.writer]
        return ChainReport(self._last.writer, count, 0, 0, self._last.sequence - count)

    def end(self) -> tuple[ChainReport, ...]:
        """How many records of each writer. What a checkpoint covers cannot be known from a part."""
        return tuple(
            ChainReport(writer, count, 0, 0, self._start(writer).sequence)
            for writer, count in self._counts.items()
        )

    def _place(self, record: Record) -> None:
        last = self._last if self._last and self._last.writer == record.writer else None
        start = self._start(record.writer)
        sequence, hashed = (last.sequence, last.hash) if last else (start.sequence, start.hash)
        if last is None and record.writer in self._counts:
            raise broken("cet écrivain était déjà terminé", record.writer, record.sequence)
        if record.sequence <= sequence:
            raise broken("il n'est pas à sa place", record.writer, record.sequence)
        if record.sequence == sequence + 1 and record.previous != hashed:
            raise broken("il ne suit pas l'enregistrement précédent", record.writer, record.sequence)
        if record.hash != record_hash(record.writer, record.sequence, record.previous, record.entry):
            raise broken("son contenu a été modifié", record.writer, record.sequence)

    def _start(self, writer: str) -> Start:
        return self._purges.starts.get(writer, Start())
