from __future__ import annotations

import pytest

from egide.errors import PseudonymisationError
from egide.pseudonymisation import Keyring, MemoryVaultStore, Scope
from egide.pseudonymisation.vault import SealedEntry, Sealer


def test_an_entry_opens_in_its_own_scope_only(keyring: Keyring, scope: Scope) -> None:
    sealer = Sealer(keyring, scope)
    entry = sealer.seal("7K4Q2M", "PERSON", "Jean Dupont")
    assert sealer.open(entry) == "Jean Dupont"
    other = Sealer(keyring, Scope("entreprise", "autre", "usage"))
    moved = SealedEntry(other.scope_id, entry.placeholder, entry.label, entry.sealed)
    with pytest.raises(PseudonymisationError):
        other.open(moved)


def test_an_entry_shows_neither_value_nor_code(keyring: Keyring, scope: Scope) -> None:
    entry = Sealer(keyring, scope).seal("7K4Q2M", "PERSON", "Jean Dupont")
    assert "Dupont" not in repr(entry)
    assert "7K4Q2M" not in repr(entry)
    assert b"Dupont" not in entry.sealed


def test_the_store_gives_back_what_it_has_for_this_scope(keyring: Keyring, scope: Scope) -> None:
    sealer, store = Sealer(keyring, scope), MemoryVaultStore()
    entries = [sealer.seal("7K4Q2M", "PERSON", "Jean"), sealer.seal("9QXK2B", "PHONE", "06")]
    store.save(entries)
    assert store.load(sealer.scope_id, [sealer.name("7K4Q2M"), sealer.name("AAAAA2")]) == entries[:1]
    assert store.load("autre", [sealer.name("7K4Q2M")]) == []
