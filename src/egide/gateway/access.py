"""Who calls, from the key that the request carries."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

from egide.errors import GatewayError
from egide.policy import Caller
from egide.ports import Snapshot
from egide.pseudonymisation import Keyring


def caller_of(headers: Mapping[bytes, bytes], snapshot: Snapshot, keyring: Keyring) -> Caller:
    """The caller of ``Authorization: Bearer`` or ``x-api-key``. Raises GatewayError EG-4001, and EG-6151 when
    this person was not told what is recorded of them: nothing may be, then. EG-6419 when they must sign the
    charter first."""
    key = _key(headers)
    # Looked up by a keyed digest: how long the search takes tells nothing of the keys.
    caller = snapshot.callers.get(keyring.key_digest(key)) if key else None
    if caller is None:
        raise GatewayError("EG-4001")
    if caller.person.id in snapshot.uninformed:
        raise GatewayError("EG-6151")
    if time.time() >= snapshot.unsigned.get(caller.person.id, math.inf):
        raise GatewayError("EG-6419")
    return caller


def _key(headers: Mapping[bytes, bytes]) -> str:
    scheme, _, bearer = headers.get(b"authorization", b"").strip().partition(b" ")
    if scheme.lower() == b"bearer" and bearer.strip():
        return bearer.strip().decode("latin-1")
    return headers.get(b"x-api-key", b"").strip().decode("latin-1")
