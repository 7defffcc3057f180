"""Files that a pilot gives, read in memory: one module per format, discovered, never listed.

    text_of("note.docx", data)    -> str        any format
    table_of("clients.csv", data) -> Table      formats of spreadsheets

Raise WorkspaceError EG-6201 (format), EG-6202 (damaged or locked), EG-6203 (too big).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import PurePath
from typing import TypeVar

from egide.errors import WorkspaceError
from egide.workspace.knowledge.limits import MOST_BYTES
from egide.workspace.knowledge.readers._reader import Reader, Table

T = TypeVar("T")


@cache
def readers() -> dict[str, Reader]:
    """Readers by the end of a file's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    found = [importlib.import_module(f"{__name__}.{name}").READER for name in names]
    return {ending: reader for reader in found for ending in reader.endings}


def endings(*, tables: bool) -> tuple[str, ...]:
    """The ends of names that are read, of all formats or of spreadsheets only."""
    return tuple(sorted(end for end, reader in readers().items() if reader.table or not tables))


def text_of(name: str, data: bytes) -> str:
    """All the text of a file."""
    return _guarded(_chosen(name, data, tables=False).text, data)


def table_of(name: str, data: bytes) -> Table:
    """The rows of the first sheet of a file."""
    table = _chosen(name, data, tables=True).table
    assert table is not None  # noqa: S101 - checked by _chosen
    return _guarded(table, data)


def _chosen(name: str, data: bytes, *, tables: bool) -> Reader:
    accepted = endings(tables=tables)
    found = readers().get(PurePath(name).suffix.lower())
    if found is None or (tables and found.table is None):
        raise WorkspaceError("EG-6201", accepted=", ".join(accepted))
    if len(data) > MOST_BYTES:
        raise WorkspaceError("EG-6203", limit=MOST_BYTES // 1_000_000)
    return found


def _guarded(read: Callable[[bytes], T], data: bytes) -> T:
    try:
        return read(data)
    except WorkspaceError:
        raise
    except Exception:  # whatever a format's library raises on a damaged file; its message could quote it
        raise WorkspaceError("EG-6202") from None
