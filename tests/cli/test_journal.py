from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from egide.journal import Entry, Signer, chain, checkpoint, export_lines
from egide.journal.retention import purge

SIGNER = Signer(bytes(range(32)))
KEY = SIGNER.verifier.public_key
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    entries = [Entry("refused", f"ex-{number}", NOW.isoformat(), {"labels": {"NIR": 1}}) for number in (1, 2)]
    records = chain(None, "gateway-1", entries)
    records.append(checkpoint(records[-1], SIGNER, NOW))
    records += chain(records[-1], "gateway-1", [Entry("refused", "ex-3", NOW.isoformat())])
    file = tmp_path / "journal.jsonl"
    file.write_text("".join(export_lines(records, SIGNER, NOW)), encoding="utf-8", newline="")
    return file


def test_a_true_export_is_said_intact(egide: Run, export: Path) -> None:
    done = egide("journal", "verify", export, "--public-key", KEY)
    assert done.returncode == 0, done.stderr
    assert "Journal intact : 4 enregistrement(s), export scellé le 2026-11-24T09:30:00+00:00." in done.stdout
    assert "1 enregistrement(s) non couvert(s) par un point de contrôle" in done.stdout


def test_the_key_may_be_in_a_file_and_the_export_on_standard_input(
    egide: Run, export: Path, tmp_path: Path
) -> None:
    key = tmp_path / "cle.txt"
    key.write_text(f"{KEY}\n")
    done = egide("journal", "verify", "-", "--public-key", key, "--json", given=export.read_bytes())
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["valid"], told["records"]) == (True, 4)
    assert told["chains"] == [
        {
            "writer": "gateway-1",
            "records": 4,
            "checkpoint": 3,
            "unfinished": 0,
            "purged": 0,
            "uncovered": 1,
        }
    ]


def test_an_altered_export_is_refused_with_its_place(egide: Run, export: Path) -> None:
    lines = export.read_text().splitlines(keepends=True)
    export.write_text("".join([lines[0], lines[1], lines[2].replace('"NIR":1', '"NIR":0'), *lines[3:]]))
    done = egide("journal", "verify", export, "--public-key", KEY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "EG-5002" in done.stderr
    assert "à l'enregistrement 2 de l'écrivain gateway-1" in done.stderr


@pytest.mark.parametrize("key", ["pas-une-cle", "00" * 31])
def test_a_wrong_key_is_refused(egide: Run, export: Path, key: str) -> None:
    done = egide("journal", "verify", export, "--public-key", key)
    assert done.returncode == 1
    assert "EG-5004" in done.stderr


def test_without_a_key_the_one_of_this_installation_counts(egide: Run, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    exported = egide("journal", "export", "--out", file)
    assert exported.returncode == 0, exported.stderr
    key = egide("journal", "public-key").stdout.strip()
    assert egide("journal", "verify", file).returncode == 0
    assert egide("journal", "verify", file, "--public-key", key).returncode == 0


def test_the_journal_as_a_table(egide: Run) -> None:
    assert egide("journal", "export", "--format", "csv").stdout.startswith("\ufeffécrivain;numéro;date;")


def test_a_part_is_written_and_says_so(egide: Run, tmp_path: Path) -> None:
    assert egide("user", "add", "--email", "julie@exemple.fr").returncode == 0
    file = tmp_path / "extrait.jsonl"
    limits = ("--since", "2026-11-01", "--until", "2026-11-30", "--usage", "devis")
    done = egide("journal", "export", *limits, "--person", "julie@exemple.fr", "--out", file)
    assert done.returncode == 0, done.stderr
    assert "julie" not in file.read_text()
    told = egide("journal", "verify", file)
    assert told.returncode == 0, told.stderr
    assert "Ce n'est qu'une partie du journal (since = 2026-10-31T23:00:00+00:00, until = " in told.stdout
    asked = json.loads(egide("journal", "verify", file, "--json").stdout)["filter"]
    assert asked.keys() == {"since", "until", "usage", "person"}


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        (("--since", "hier"), 2),
        (("--usage", "deux mots"), 1),
        (("--person", "personne@exemple.fr"), 1),
    ],
)
def test_a_wrong_limit_is_refused(egide: Run, limit: tuple[str, str], code: int) -> None:
    done = egide("journal", "export", *limit)
    assert (done.returncode, done.stdout) == (code, "")


def test_a_purged_export_is_accepted_and_a_false_purge_is_not(egide: Run, tmp_path: Path) -> None:
    entries = [Entry("refused", f"ex-{number}", NOW.isoformat()) for number in range(4)]
    records = chain(None, "gateway-1", entries)
    for signer, code in ((SIGNER, 0), (Signer(bytes(32)), 1)):
        file = tmp_path / f"{code}.jsonl"
        kept = [purge(None, records[:3], signer, NOW, 365), records[3]]
        file.write_text("".join(export_lines(kept, SIGNER, NOW)), encoding="utf-8", newline="")
        done = egide("journal", "verify", file, "--public-key", KEY)
        assert done.returncode == code, done.stderr
        said = "3 enregistrement(s) plus ancien(s), effacé(s)" if code == 0 else "EG-5002"
        assert said in done.stdout + done.stderr


def test_the_right_key_and_the_file_are_needed(egide: Run, export: Path, tmp_path: Path) -> None:
    assert egide("journal", "verify", export).returncode == 1
    assert egide("journal", "verify", tmp_path / "absent.jsonl", "--public-key", KEY).returncode == 2
