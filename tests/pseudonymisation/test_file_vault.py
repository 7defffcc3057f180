from __future__ import annotations

from pathlib import Path

import pytest

from egide.errors import PseudonymisationError
from egide.pseudonymisation import FileVaultStore, Keyring, Scope
from egide.pseudonymisation.vault import Sealer


def test_values_last_in_the_file_and_never_in_clear(keyring: Keyring, scope: Scope, tmp_path: Path) -> None:
    path, sealer = tmp_path / "coffre", Sealer(keyring, scope)
    FileVaultStore(path).save([sealer.seal("7K4Q2M", "PERSON", "Jean Dupont")])
    (entry,) = FileVaultStore(path).load(sealer.scope_id, [sealer.name("7K4Q2M")])
    assert sealer.open(entry) == "Jean Dupont"
    assert b"Dupont" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_saving_again_keeps_one_entry(keyring: Keyring, scope: Scope, tmp_path: Path) -> None:
    sealer, store = Sealer(keyring, scope), FileVaultStore(tmp_path / "coffre")
    for _ in range(2):
        store.save([sealer.seal("7K4Q2M", "PERSON", "Jean")])
    assert len(store.load(sealer.scope_id, [sealer.name("7K4Q2M")])) == 1


def test_a_file_that_is_no_vault_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "coffre"
    path.write_text("ceci est un texte, pas un coffre" * 100)
    with pytest.raises(PseudonymisationError, match="EG-2001"):
        FileVaultStore(path).load("scope", ["nom"])
    assert path.read_text().startswith("ceci est un texte")


def test_a_vault_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert FileVaultStore(tmp_path / "absent").load("scope", ["nom"]) == []
    assert not (tmp_path / "absent").exists()
