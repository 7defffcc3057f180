"""What is sealed of a followed programme: the note, where people write names of contacts and figures."""

from __future__ import annotations

from egide.workspace import wiring
from egide.workspace.programmes.models import Follow


def seal(programme: str, note: str) -> bytes:
    """The note, sealed for this programme; nothing for an empty one."""
    return wiring.keyring().seal(note.encode(), _context(programme)) if note else b""


def unseal(follow: Follow) -> str:
    """The note in clear. Raises PseudonymisationError EG-2001 when the key is not the one."""
    sealed = bytes(follow.sealed)
    return wiring.keyring().open(sealed, _context(follow.programme)).decode() if sealed else ""


def _context(programme: str) -> str:
    return f"programmes/follow/{programme}"
