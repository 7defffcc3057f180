"""What a format of lists gives: its rows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from egide.errors import WorkspaceError
from egide.workspace.knowledge.limits import MOST_CELL, MOST_COLUMNS, MOST_ENTRIES

_MOST_UNPACKED: Final = 300_000_000


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, none empty; ``described`` says how the file was read."""

    rows: list[list[str]] = field(repr=False)
    described: str


@dataclass(frozen=True, slots=True)
class Reader:
    """``endings`` are the ends of file names, dot included."""

    endings: tuple[str, ...]
    table: Callable[[bytes], Table]


def tidy(rows: Iterable[Iterable[object]]) -> list[list[str]]:
    """Rows of texts without those that are empty. Raises WorkspaceError EG-6204 when there are too many."""
    kept: list[list[str]] = []
    for row in rows:
        cells = [("" if cell is None else str(cell)).strip()[:MOST_CELL] for cell in row][:MOST_COLUMNS]
        if any(cells):
            kept.append(cells)
        if len(kept) > MOST_ENTRIES + 1:
            raise WorkspaceError("EG-6204", limit=MOST_ENTRIES)
    return kept


def unpackable(data: bytes) -> io.BytesIO:
    """An Office file, which is a zip: refused when it would take all the memory once unpacked (EG-6203)."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise WorkspaceError("EG-6203", limit=_MOST_UNPACKED // 1_000_000)
    return io.BytesIO(data)
