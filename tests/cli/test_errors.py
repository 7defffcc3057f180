from __future__ import annotations

import pytest
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["detect", "--couleur"], "l'option --couleur n'existe pas"),
        (["jeanne.secret@exemple.fr"], "cette commande n'existe pas ; il y a : "),
        (["detect", "a", "b-secret"], "il y a un mot de trop"),
        (["detect", "--format"], "l'option --format est mal employée"),
        (["detect", "--format", "secret"], "--format n'est pas acceptée (au choix : text, jsonl)"),
        (["serve", "--port", "secret"], "--port n'est pas acceptée"),
    ],
)
def test_wrong_usage_is_told_in_french_without_the_value(egide: Run, arguments: list[str], told: str) -> None:
    done = egide(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("Mauvais emploi : ")
    assert told in done.stderr
    assert "--help" in done.stderr
    assert "secret" not in done.stderr
