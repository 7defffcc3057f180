from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_the_way_back_in_works_whatever_the_settings(egide: Run) -> None:
    told = json.loads(egide("sso", "show", "--json").stdout)
    assert told == {"open": False, "issuer": "", "passwords_closed": False, "joined": 0}
    for command in ("open-passwords", "close"):
        done = egide("sso", command)
        assert (done.returncode, done.stderr) == (0, "")
        assert "connexion par mot de passe est ouverte" in done.stdout
    assert "Émetteur : non réglé" in egide("sso", "show").stdout
