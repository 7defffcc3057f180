"""The key of all lists and documents: made once, sealed, opened for hashing."""

from __future__ import annotations

import secrets

from egide.workspace import wiring
from egide.workspace.knowledge.models import KnowledgeKey

_CONTEXT = "knowledge/key"


def key() -> bytes:
    """32 bytes, the same for ever: hashes under another one would find nothing."""
    found = KnowledgeKey.objects.filter(id=1).first()
    if found is None:
        sealed = wiring.keyring().seal(secrets.token_bytes(32), _CONTEXT)
        found = KnowledgeKey.objects.get_or_create(id=1, defaults={"sealed": sealed})[0]
    return wiring.keyring().open(bytes(found.sealed), _CONTEXT)
