"""What is sealed: the person's reason, and the pilot's word. Each opens only in its own place."""

from __future__ import annotations

from typing import Literal

from egide.workspace import wiring
from egide.workspace.justifications.models import Justification

Place = Literal["reason", "word"]


def seal(row: Justification, place: Place, text: str) -> bytes:
    """``text`` sealed; nothing for an empty one."""
    return wiring.keyring().seal(text.encode(), _context(row, place)) if text else b""


def unseal(row: Justification, place: Place) -> str:
    """In clear. Raises PseudonymisationError EG-2001 when the key is not the one."""
    sealed = bytes(row.sealed_reason if place == "reason" else row.sealed_word)
    return wiring.keyring().open(sealed, _context(row, place)).decode() if sealed else ""


def _context(row: Justification, place: Place) -> str:
    return f"justifications/{row.public_id}/{place}"
