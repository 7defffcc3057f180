from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from tests.cli.conftest import Run

from egide.cli.reference import command
from egide.reference.checking import check
from egide.reference.checking.check import shipped

ON = ("--on", "2100-01-01")
Alter = Callable[[dict[str, str], str], None]


@pytest.fixture
def altered(monkeypatch: pytest.MonkeyPatch) -> Alter:
    """Makes these the files that the command reads."""

    def set_to(texts: dict[str, str], ids: str) -> None:
        monkeypatch.setattr(check, "shipped", lambda: (texts, ids))

    return set_to


def test_what_is_shipped_passes(egide: Run) -> None:
    done = egide("reference", "check", *ON)
    assert (done.returncode, done.stderr) == (0, "")
    assert "À revoir" in done.stdout
    assert "hygiene.yaml" in done.stdout
    assert "Tout est juste" in done.stdout


def test_each_fault_is_named_with_its_file_and_its_id(altered: Alter) -> None:
    texts, ids = shipped()
    altered(texts, ids.replace("hygiene/checks mfa\n", "hygiene/checks ancien\n"))
    done = CliRunner().invoke(command, ["check", *ON])
    assert done.exit_code == 1
    assert "FAUX : 2" in done.output
    told = json.loads(CliRunner().invoke(command, ["check", *ON, "--json"]).output)
    assert told["faults"][0]["file"] == "hygiene.yaml"
    assert {one["id"] for one in told["faults"]} == {"hygiene/checks mfa", "hygiene/checks ancien"}


def test_new_ids_are_entered_and_told_unless_anything_else_is_wrong(
    altered: Alter, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[tuple[list[str], str]] = []
    monkeypatch.setattr("egide.cli.reference._enter", lambda new, text: written.append((new, text)))
    texts, ids = shipped()
    altered(texts, ids.replace("hygiene/checks mfa\n", ""))
    assert CliRunner().invoke(command, ["check", *ON, "--write"]).exit_code == 0
    assert written == [(["hygiene/checks mfa"], ids)]
    altered(texts, ids.replace("hygiene/checks mfa\n", "hygiene/checks ancien\n"))
    assert CliRunner().invoke(command, ["check", *ON, "--write"]).exit_code == 1
    assert len(written) == 1
