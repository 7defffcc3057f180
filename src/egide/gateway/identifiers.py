"""Stand-ins for identifiers that must not leave, and seals on what must come back unchanged."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field
from functools import lru_cache

from egide.journal.details import is_identifier
from egide.pseudonymisation import Keyring, Scope


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """Keyed functions of one caller's scope."""

    _key: bytes = field(repr=False)

    @classmethod
    def of(cls, keyring: Keyring, scope: Scope) -> ScopeKeys:
        """Those of ``scope``."""
        return cls(keyring.placeholder_key(scope))

    def token(self, identifier: str) -> str:
        """Nine letters and digits (what Mistral asks of the id of a tool call), always the same."""
        return base64.b32encode(self._digest(b"id", identifier))[:9].decode().lower()

    def sign(self, text: str) -> str:
        """26 characters that only this installation can make for this text and this scope."""
        return base64.b32encode(self._digest(b"seal", text))[:26].decode().lower()

    def _digest(self, purpose: bytes, text: str) -> bytes:
        message = purpose + b"\x1f" + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, hashlib.sha256)


def exchange_id() -> str:
    """A fresh name for an exchange; names sort by time."""
    return f"ex-{time.time_ns() // 1_000_000:012x}-{secrets.token_hex(6)}"


@lru_cache(maxsize=4096)  # the same people, models and rules come back all day
def opaque(name: str) -> str:
    """``name`` if the journal may hold it, else a hash of it."""
    return name if is_identifier(name) else f"h-{hashlib.sha256(name.encode()).hexdigest()[:24]}"
