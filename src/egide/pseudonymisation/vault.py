"""Where the values behind placeholders are kept, encrypted: a port, and a store in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from egide.pseudonymisation.keyring import Keyring
from egide.pseudonymisation.scope import Scope


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """What a store keeps of a value. ``placeholder`` is a keyed name of the code, 32 hexadecimal digits:
    neither it nor ``scope_id`` tells anything without the master key."""

    scope_id: str
    placeholder: str
    label: str
    sealed: bytes = field(repr=False)


class VaultStore(Protocol):
    """Keeps sealed entries. The same (scope, placeholder) may be saved again: the last one stays."""

    def save(self, entries: Sequence[SealedEntry]) -> None:
        """Keep ``entries``, all or none, on disk when it returns."""

    def load(self, scope_id: str, placeholders: Collection[str]) -> list[SealedEntry]:
        """Entries of this scope among these names; those not there are left out."""


class MemoryVaultStore:
    """A store that lasts as long as the process: for tests and for the library."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], SealedEntry] = {}

    def save(self, entries: Sequence[SealedEntry]) -> None:
        """Keep ``entries``."""
        self._entries.update({(entry.scope_id, entry.placeholder): entry for entry in entries})

    def load(self, scope_id: str, placeholders: Collection[str]) -> list[SealedEntry]:
        """Entries of this scope among these names."""
        found = (self._entries.get((scope_id, name)) for name in placeholders)
        return [entry for entry in found if entry is not None]


class Sealer:
    """Seals and opens the entries of one scope."""

    def __init__(self, keyring: Keyring, scope: Scope) -> None:
        self._keyring = keyring
        self.scope_id = keyring.scope_id(scope)
        self._key = keyring.placeholder_key(scope)

    def name(self, code: str) -> str:
        """The keyed name under which a store keeps the value of ``code``."""
        return blake2b(code.encode(), key=self._key, digest_size=16, person=b"vault").hexdigest()

    def seal(self, code: str, label: str, value: str) -> SealedEntry:
        """The entry for ``value``."""
        name = self.name(code)
        sealed = self._keyring.seal(value.encode("utf-8", "surrogatepass"), self._context(name, label))
        return SealedEntry(self.scope_id, name, label, sealed)

    def open(self, entry: SealedEntry) -> str:
        """The value of an entry of this scope. Raises PseudonymisationError EG-2001."""
        plain = self._keyring.open(entry.sealed, self._context(entry.placeholder, entry.label))
        return plain.decode("utf-8", "surrogatepass")

    def _context(self, name: str, label: str) -> str:
        return f"vault/{self.scope_id}/{name}/{label}"
