from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from egide.cli import _mcp_tools
from egide.cli._mcp_tools import Tools
from egide.errors import EgideError

TEXT = "Bonjour Mme Solenne Garrigou,\r\nappelez-moi au 06 39 98 41 27.\n"
VALUES = ("Solenne", "Garrigou", "06 39 98 41 27")


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    return tmp_path / "coffre"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dossier"
    made.mkdir()
    (made / "courrier.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "secret.txt").write_text("ailleurs")
    (made / "lien.txt").symlink_to(tmp_path / "secret.txt")
    return made


@pytest.fixture
def tools(vault: Path) -> Tools:
    return Tools(vault)


@pytest.fixture
def open_tools(vault: Path, folder: Path) -> Tools:
    return Tools(vault, folder)


def test_detecting_repeats_no_value(tools: Tools) -> None:
    found = tools.detect({"text": TEXT})
    assert {"PERSON", "PHONE"} <= found["counts"].keys()
    assert not [value for value in VALUES if value in json.dumps(found, ensure_ascii=False)]
    assert any(TEXT[span["start"] : span["end"]] == "06 39 98 41 27" for span in found["spans"])


def test_what_is_masked_comes_back(tools: Tools, vault: Path) -> None:
    masked = tools.mask({"text": TEXT})
    assert not [value for value in VALUES if value in json.dumps(masked, ensure_ascii=False)]
    assert "PERSONNE" in masked["note"]
    assert Tools(vault).restore({"text": masked["text"].lower()})["text"].count("06 39 98 41 27") == 1
    assert Tools(vault).restore({"text": masked["text"]}) == {"text": TEXT}


def test_masking_twice_hides_nothing_twice(tools: Tools) -> None:
    once = tools.mask({"text": TEXT})["text"]
    assert tools.mask({"text": once + " Rappeler le 06 12 34 56 78."})["text"].startswith(once)


def test_documents_do_not_mix(tools: Tools) -> None:
    first = tools.mask({"text": TEXT, "document": "un"})["text"]
    assert first != tools.mask({"text": TEXT, "document": "deux"})["text"]
    assert "Garrigou" not in tools.restore({"text": first, "document": "deux"})["text"]


def test_a_file_goes_by_without_being_read(open_tools: Tools, folder: Path) -> None:
    masked = open_tools.mask({"file": "courrier.txt"})["text"]
    assert not [value for value in VALUES if value in masked]
    told = open_tools.restore({"text": f"Réponse : {masked}", "to_file": "réponse.txt"})
    assert told == {"file": "réponse.txt"}
    assert (folder / "réponse.txt").read_bytes().decode() == f"Réponse : {TEXT}"
    assert open_tools.detect({"file": "courrier.txt"})["counts"]["PHONE"] == 1


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/hostname", "lien.txt", ".", "absent.txt", "courrier.txt/x", "a\x00b"]
)
def test_nothing_outside_the_folder_is_read(name: str, open_tools: Tools) -> None:
    with pytest.raises(EgideError) as refused:
        open_tools.mask({"file": name})
    assert refused.value.code in ("EG-6153", "EG-6154")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../nouveau.txt", "EG-6154"),
        ("lien.txt", "EG-6154"),
        ("courrier.txt", "EG-6155"),
        ("absent/x.txt", "EG-6154"),
    ],
)
def test_nothing_outside_is_written_and_nothing_replaced(
    name: str, code: str, open_tools: Tools, folder: Path
) -> None:
    masked = open_tools.mask({"text": TEXT})["text"]
    with pytest.raises(EgideError) as refused:
        open_tools.restore({"text": masked, "to_file": name})
    assert refused.value.code == code
    assert not (folder.parent / "nouveau.txt").exists()
    assert (folder.parent / "secret.txt").read_text() == "ailleurs"


def test_a_file_that_is_no_text_is_refused(open_tools: Tools, folder: Path) -> None:
    (folder / "image.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(EgideError, match="EG-6154"):
        open_tools.mask({"file": "image.png"})


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": 3},
        {"text": None},
        {"text": "\ud800"},
        {"text": "x", "document": 3},
        {"text": "x", "document": "y" * 201},
        {"text": "x", "Solenne Garrigou": 1},
        {"text": "x", "file": "courrier.txt"},
        {"file": "courrier.txt"},
    ],
)
def test_a_wrong_argument_is_refused_without_its_value(given: dict[str, Any], tools: Tools) -> None:
    with pytest.raises(EgideError, match="EG-6153") as refused:
        tools.mask(given)
    assert "Garrigou" not in str(refused.value)


def test_a_text_too_long_is_refused(
    tools: Tools, open_tools: Tools, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_mcp_tools, "MOST_CHARACTERS", 100)
    (folder / "long.txt").write_text("x" * 101)
    (folder / "très long.txt").write_text("x" * 1000)
    for call in (
        lambda: tools.mask({"text": "x" * 101}),
        lambda: open_tools.mask({"file": "long.txt"}),
        lambda: open_tools.mask({"file": "très long.txt"}),
    ):
        with pytest.raises(EgideError, match="EG-1001"):
            call()


def test_restoring_is_offered_only_if_allowed_and_needs_a_vault(vault: Path, tools: Tools) -> None:
    assert [tool.name for tool in tools.all()] == ["detect", "mask", "restore"]
    assert [tool.name for tool in Tools(vault, may_restore=False).all()] == ["detect", "mask"]
    with pytest.raises(EgideError, match="EG-2002"):
        tools.restore({"text": "[PERSONNE_7K4Q2M]"})


def test_files_are_offered_only_with_a_folder(tools: Tools, open_tools: Tools) -> None:
    assert not [tool for tool in tools.all() if {"file", "to_file"} & tool.accepts["properties"].keys()]
    assert all({"file", "to_file"} & tool.accepts["properties"].keys() for tool in open_tools.all())


def test_each_tool_speaks_french_and_english(open_tools: Tools) -> None:
    for tool in open_tools.all():
        french, _, english = tool.description.partition(" / ")
        assert french
        assert english
