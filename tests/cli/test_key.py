from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_a_key_is_shown_once_then_listed_and_revoked(egide: Run, tmp_path: Path) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    made = egide("key", "create", "--email", "julie@exemple.fr", "--name", "script")
    assert made.returncode == 0, made.stderr
    key = made.stdout.strip()
    assert key.startswith("egd_")
    assert all(key.encode() not in file.read_bytes() for file in (tmp_path / "data").iterdir())
    listed = egide("key", "list", "--json").stdout
    assert key not in listed
    (row,) = json.loads(listed)
    assert (row["email"], row["name"], row["revoked"]) == ("julie@exemple.fr", "script", False)
    assert egide("key", "revoke", row["id"]).returncode == 0
    assert json.loads(egide("key", "list", "--json").stdout)[0]["revoked"] is True


def test_a_key_as_json(egide: Run) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    assert (
        json.loads(egide("key", "create", "--email", "julie@exemple.fr", "--json").stdout)["key"][:4]
        == "egd_"
    )


def test_nobody_or_no_such_usage_or_key(egide: Run) -> None:
    nobody = egide("key", "create", "--email", "julie@exemple.fr")
    assert (nobody.returncode, nobody.stderr[:7]) == (1, "EG-6001")
    egide("user", "add", "--email", "julie@exemple.fr")
    no_usage = egide("key", "create", "--email", "julie@exemple.fr", "--usage", "absent")
    assert (no_usage.returncode, no_usage.stderr[:7]) == (1, "EG-6003")
    no_key = egide("key", "revoke", "absent")
    assert (no_key.returncode, no_key.stderr[:7]) == (1, "EG-6091")


def test_a_key_says_that_its_person_must_read_first_unless_informed(egide: Run) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    assert "EG-6151" in egide("key", "create", "--email", "julie@exemple.fr").stderr
    assert egide("key", "create", "--email", "julie@exemple.fr", "--informed").stderr == ""
    assert egide("key", "create", "--email", "julie@exemple.fr").stderr == ""
