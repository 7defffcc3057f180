"""Findings to placeholders and back, also in a stream; the keys and the vault behind them.

A core library: synchronous and pure, keys and stores are passed in.
"""

from __future__ import annotations

from egide.pseudonymisation.file_vault import FileVaultStore
from egide.pseudonymisation.keyring import Keyring
from egide.pseudonymisation.reading import Reader
from egide.pseudonymisation.restoring import Known, Mode, Restorer, Segment
from egide.pseudonymisation.scope import Scope
from egide.pseudonymisation.session import NOTE, Pseudonymiser, Session
from egide.pseudonymisation.vault import MemoryVaultStore, SealedEntry, VaultStore

__all__ = [
    "NOTE",
    "FileVaultStore",
    "Keyring",
    "Known",
    "MemoryVaultStore",
    "Mode",
    "Pseudonymiser",
    "Reader",
    "Restorer",
    "Scope",
    "SealedEntry",
    "Segment",
    "Session",
    "VaultStore",
]
