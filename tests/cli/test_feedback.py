from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run

DECIDED = """
from egide.settings import load
from egide.server.databases import workspace
with workspace(load()):
    from egide.workspace.accounts.models import User
    from egide.workspace.feedback.models import Decision, Kind, Proposal
    from egide.workspace.feedback.services import decide, propose
    zoe = User.objects.create_user("zoe@exemple.fr")
    propose(Kind.HIDE, "basalte bleu", zoe)
    decide(Proposal.objects.get().pk, Decision.ACCEPTED, zoe)
"""


@pytest.fixture
def decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EGIDE_DATA_DIR", str(tmp_path / "data"))
    subprocess.run([sys.executable, "-c", DECIDED], check=True, capture_output=True)


def test_test_cases_go_to_a_file_that_only_this_account_reads(
    egide: Run, tmp_path: Path, decided: None
) -> None:
    file = tmp_path / "cas.jsonl"
    done = egide("feedback", "export", file)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert json.loads(file.read_text(encoding="utf-8"))["text"] == "basalte bleu"
    assert egide("feedback", "export", "-").stdout == file.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_wrong_usage(egide: Run, tmp_path: Path) -> None:
    done = egide("feedback", "export", tmp_path / "absent" / "cas.jsonl")
    assert done.returncode == 2
    assert "FICHIER" in done.stderr
