"""Pictures: their lines of text and where they stand, by OCR."""

from __future__ import annotations

from egide.documents.context import Context
from egide.documents.kinds import KINDS
from egide.documents.pictures import opened
from egide.documents.readings import Reading


def read(data: bytes, kind: str, context: Context) -> Reading:
    """See ``formats``."""
    engine = context.engine()
    picture = opened(data, context.limits)
    lines = tuple(engine.read(picture))
    return Reading(kind, KINDS[kind].french, "", (), lines, picture.size)
