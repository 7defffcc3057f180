"""Plain text, CSV, Markdown, JSON, XML: what people read is what the file holds."""

from __future__ import annotations

from egide.documents.context import Context
from egide.documents.encoding import decoded
from egide.documents.kinds import KINDS
from egide.documents.readings import Reading, counted


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    text = decoded(data)[0].replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff")
    count = counted(len(text.splitlines()), "ligne", "lignes")
    return Reading(kind, f"{KINDS[kind].french}, {count}", text)
