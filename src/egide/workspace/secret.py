"""The key that Django signs cookies and forms with, derived from the master key."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from egide.settings import Settings


@dataclass(frozen=True, slots=True)
class DjangoKey:
    """Callable that gives the key when it is first needed. Shows nothing in a repr."""

    settings: Settings

    def __call__(self) -> str:
        return hmac.new(self.settings.master_key(), b"egide django signing", hashlib.sha256).hexdigest()

    def __str__(self) -> str:
        return self()

    def __repr__(self) -> str:
        return "DjangoKey()"
