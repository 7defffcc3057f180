from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.cli.conftest import Run

TEXT = "Bonjour Mme Solenne Garrigou,\nrappelez-moi au 06 39 98 41 27."


def test_a_table_says_what_and_why(egide: Run) -> None:
    done = egide("detect", given=TEXT)
    assert done.returncode == 0, done.stderr
    head, rule, *rows = done.stdout.splitlines()
    assert head.split() == ["Ligne", "Type", "Valeur", "Raison"]
    assert set(rule) <= {"─", " "}
    phone = next(row for row in rows if "06 39 98 41 27" in row)
    assert phone.startswith("2 ")
    assert "téléphone" in phone


def test_jsonl_gives_offsets_of_the_text(egide: Run, tmp_path: Path) -> None:
    file = tmp_path / "textes.jsonl"
    file.write_text(
        json.dumps({"id": "a", "text": TEXT}) + "\n\n" + json.dumps({"id": 2, "text": "Rien."}) + "\n"
    )
    done = egide("detect", file, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["id"], second) == ("a", {"id": 2, "spans": []})
    assert "PHONE" in {span["label"] for span in first["spans"]}
    for span in first["spans"]:
        assert TEXT[span["start"] : span["end"]] == span["text"]
        assert set(span) == {"start", "end", "label", "class", "score", "text", "recogniser", "reason"}


def test_a_compressed_file_reads_the_same(egide: Run, tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    plain.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert (
        egide("detect", packed, "--format", "jsonl").stdout
        == egide("detect", plain, "--format", "jsonl").stdout
    )


def test_json_of_a_text(egide: Run) -> None:
    spans = json.loads(egide("detect", "-", "--json", given=TEXT).stdout)["spans"]
    assert "06 39 98 41 27" in {span["text"] for span in spans}


def test_a_bad_line_is_told_by_its_number(egide: Run) -> None:
    done = egide("detect", "--format", "jsonl", given='{"id": 1, "text": "ok"}\n{"text": "sans id"}\n')
    assert done.returncode == 1
    assert done.stderr.startswith("EG-1003 : La ligne 2 ")
    assert len(done.stdout.splitlines()) == 1


def test_what_is_not_utf8_is_told_without_its_content(egide: Run) -> None:
    done = egide("detect", given="ligne une\nMot secret caché : ".encode() + "été".encode("latin-1"))
    assert done.returncode == 1
    assert done.stderr.startswith("EG-7007 : La ligne 2 ")
    assert "secret" not in done.stderr


def test_an_absent_file_and_a_wrong_option(egide: Run, tmp_path: Path) -> None:
    absent = egide("detect", tmp_path / "absent.txt")
    assert (absent.returncode, absent.stderr[:7]) == (1, "EG-7006")
    wrong = egide("detect", "--couleur")
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_a_damaged_archive_is_told(egide: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(b"not gzip")
    done = egide("detect", file, "--format", "jsonl")
    assert (done.returncode, done.stderr[:7]) == (1, "EG-7006")


def test_nothing_found_is_said_with_care(egide: Run) -> None:
    assert "Relisez" in egide("detect", given="Merci beaucoup.").stdout
