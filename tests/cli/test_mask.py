from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Run

TEXT = "Bonjour Mme Solenne Garrigou,\r\nappelez-moi au 06 39 98 41 27.\nMme Garrigou a répondu.\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "coffre"


def test_what_is_masked_comes_back_to_the_byte(egide: Run, vault: Path) -> None:
    masked = egide("mask", "--vault", vault, given=TEXT)
    assert masked.returncode == 0, masked.stderr
    assert "Garrigou" not in masked.stdout
    assert "06 39" not in masked.stdout
    assert masked.stdout.startswith("Bonjour Mme [PERSONNE_")
    restored = egide("restore", "--vault", vault, given=masked.stdout)
    assert (restored.returncode, restored.stdout) == (0, TEXT)


def test_the_vault_holds_no_value_in_clear(egide: Run, vault: Path) -> None:
    egide("mask", "--vault", vault, given=TEXT)
    content = vault.read_bytes()
    assert b"Garrigou" not in content
    assert b"98 41 27" not in content
    assert vault.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "change", [str.lower, lambda t: t.replace("[", "").replace("]", ""), lambda t: t.replace("_", "-")]
)
def test_placeholders_altered_by_a_model_come_back(egide: Run, vault: Path, change: object) -> None:
    masked = egide("mask", "--vault", vault, given="Tél. 06 39 98 41 27.").stdout
    assert callable(change)
    assert "06 39 98 41 27" in egide("restore", "--vault", vault, given=change(masked)).stdout


def test_lines_of_jsonl_are_masked_and_restored_apart(egide: Run, vault: Path) -> None:
    lines = "".join(json.dumps({"id": number, "text": TEXT}) + "\n" for number in (1, 2))
    masked = egide("mask", "--vault", vault, "--format", "jsonl", given=lines).stdout
    first, second = (
        re.findall(r"\[TELEPHONE_\w+\]", json.loads(line)["text"]) for line in masked.splitlines()
    )
    assert first != second
    restored = egide("restore", "--vault", vault, "--format", "jsonl", given=masked).stdout
    assert [json.loads(line)["text"] for line in restored.splitlines()] == [TEXT, TEXT]
    swapped = masked.replace(first[0], second[0])
    restored = egide("restore", "--vault", vault, "--format", "jsonl", given=swapped).stdout
    assert second[0] in json.loads(restored.splitlines()[0])["text"]


def test_another_key_restores_nothing(egide: Run, vault: Path) -> None:
    masked = egide("mask", "--vault", vault, given=TEXT).stdout
    done = egide(
        "restore", "--vault", vault, given=masked, EGIDE_SECRET_KEY="une-autre-cle-maitresse-bien-longue!"
    )
    assert "Garrigou" not in done.stdout


def test_an_absent_or_false_vault_is_told(egide: Run, vault: Path) -> None:
    absent = egide("restore", "--vault", vault, given=TEXT)
    assert (absent.returncode, absent.stderr[:7]) == (1, "EG-2002")
    vault.write_text("pas un coffre du tout, mais un texte assez long")
    for name in ("mask", "restore"):
        done = egide(name, "--vault", vault, given="[PERSONNE_7K4Q2M] 06 39 98 41 27")
        assert (done.returncode, done.stderr[:7], done.stdout) == (1, "EG-2001", "")


def test_a_vault_is_asked_for(egide: Run) -> None:
    assert egide("mask", given=TEXT).returncode == 2
