from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

SECRET = "une-cle-maitresse-de-plus-de-32-caracteres"


def test_every_setting_is_shown_and_no_secret(egide: Run) -> None:
    done = egide("config", "show", EGIDE_SECRET_KEY=SECRET, EGIDE_PORT="9000")
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout
    assert "EGIDE_SECRET_KEY" in done.stdout
    assert "9000" in done.stdout


def test_json_holds_the_values_in_force(egide: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "egide.toml").write_text("history_days = 12\n")
    done = egide("config", "show", "--json", EGIDE_SECRET_KEY=SECRET)
    shown = json.loads(done.stdout)
    assert (shown["history_days"], shown["database_url"]) == (12, None)
    assert SECRET not in done.stdout


def test_an_unknown_setting_is_refused(egide: Run) -> None:
    done = egide("config", "show", EGIDE_HISTORY_DAY="12")
    assert (done.returncode, done.stderr[:7]) == (1, "EG-7002")
