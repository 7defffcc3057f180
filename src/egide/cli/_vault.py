"""The vault of ``mask`` and ``restore``: a file, opened with the master key of the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from egide.pseudonymisation import Pseudonymiser, Session, VaultStore


class Vault:
    """Sessions over one vault file. Each document of a JSONL file is a conversation of its own: its
    placeholders cannot be linked with another document's."""

    def __init__(self, path: Path) -> None:
        from egide.pseudonymisation import FileVaultStore, Keyring, Pseudonymiser
        from egide.settings import load

        self._store: VaultStore = FileVaultStore(path)
        self._pseudonymiser: Pseudonymiser = Pseudonymiser(Keyring(load().master_key()), self._store)

    def session(self, document: object = "") -> Session:
        """A session for one document."""
        from egide.pseudonymisation import Scope

        return self._pseudonymiser.session(Scope("local", "cli", "cli", str(document)))

    def keep(self, session: Session) -> None:
        """Write what the session issued, before the masked text is given out."""
        self._store.save(session.sealed())
