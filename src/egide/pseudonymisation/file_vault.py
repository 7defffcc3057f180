"""A vault in one file, for the command line: SQLite, mode 0600, values encrypted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from egide.errors import PseudonymisationError
from egide.pseudonymisation.vault import SealedEntry

_SCHEMA = """create table if not exists entry (
    scope_id text not null, placeholder text not null, label text not null, sealed blob not null,
    primary key (scope_id, placeholder)) without rowid"""


class FileVaultStore:
    """Keeps sealed entries in ``path``, made on first save. Raises PseudonymisationError EG-2001 when the
    file is not a vault."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, entries: Sequence[SealedEntry]) -> None:
        """Keep ``entries``, all or none, on disk when it returns."""
        rows = [(one.scope_id, one.placeholder, one.label, one.sealed) for one in entries]
        with self._open() as base, base:
            base.execute(_SCHEMA)
            base.executemany("insert or replace into entry values (?, ?, ?, ?)", rows)

    def load(self, scope_id: str, placeholders: Collection[str]) -> list[SealedEntry]:
        """Entries of this scope among these names."""
        if not self._path.exists():
            return []
        query = "select * from entry where scope_id = ? and placeholder = ?"
        with self._open() as base:
            base.execute(_SCHEMA)
            found = (base.execute(query, (scope_id, name)).fetchone() for name in placeholders)
            return [SealedEntry(*row) for row in found if row is not None]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        try:
            with closing(sqlite3.connect(self._path)) as base:
                yield base
        except sqlite3.DatabaseError as problem:
            raise PseudonymisationError("EG-2001") from problem
