"""Files that a pilot gives: their text, read as the attachments of requests are, or the rows of a list.

    text_of("note.docx", data)    -> str        any format
    table_of("clients.csv", data) -> Table      formats of spreadsheets: one module each, discovered

Raise WorkspaceError EG-6201 (format), EG-6202 (damaged or locked), EG-6203 (too big), EG-6209 (scanned).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import PurePath
from typing import Final

from egide.documents import File, Refusal, Sandbox
from egide.errors import WorkspaceError
from egide.workspace.knowledge.limits import FEWEST_WORDS, MOST_BYTES
from egide.workspace.knowledge.readers._reader import Reader, Table

_TEXTS: Final = (
    ".csv", ".docx", ".eml", ".html", ".md", ".odp", ".ods", ".odt", ".pdf", ".pptx", ".txt", ".xlsx",
)  # fmt: skip
_sandbox = Sandbox()


@cache
def readers() -> dict[str, Reader]:
    """Readers of lists by the end of a file's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_")
    found = [importlib.import_module(f"{__name__}.{name}").READER for name in names]
    return {ending: reader for reader in found for ending in reader.endings}


def endings(*, tables: bool) -> tuple[str, ...]:
    """The ends of names that are read, of all formats or of spreadsheets only."""
    return tuple(sorted(readers())) if tables else _TEXTS


def text_of(name: str, data: bytes) -> str:
    """All the text of a file."""
    ending = _checked(name, data, endings(tables=False))
    try:
        (reading,) = _sandbox.read([File(data, ending=ending)])
    except Refusal as refusal:
        raise _told(refusal) from None
    if reading.is_picture:  # a picture under the name of a document
        raise WorkspaceError("EG-6202")
    return reading.text


def table_of(name: str, data: bytes) -> Table:
    """The rows of the first sheet of a file."""
    ending = _checked(name, data, endings(tables=True))
    try:
        return readers()[ending].table(data)
    except WorkspaceError:
        raise
    except Exception:  # whatever a format's library raises on a damaged file; its message could quote it
        raise WorkspaceError("EG-6202") from None


def _checked(name: str, data: bytes, accepted: tuple[str, ...]) -> str:
    ending = PurePath(name).suffix.lower()
    if ending not in accepted:
        raise WorkspaceError("EG-6201", accepted=", ".join(accepted))
    if len(data) > MOST_BYTES:
        raise WorkspaceError("EG-6203", limit=MOST_BYTES // 1_000_000)
    return ending


def _told(refusal: Refusal) -> WorkspaceError:
    if refusal.code == "EG-4054":
        return WorkspaceError("EG-6203", limit=MOST_BYTES // 1_000_000)
    if refusal.reason in ("scan", "unreadable"):
        return WorkspaceError("EG-6209", fewest=FEWEST_WORDS)
    return WorkspaceError("EG-6202")
