from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_a_person_gets_a_one_time_link_of_this_server(egide: Run) -> None:
    done = egide("user", "add", "--email", "julie@exemple.fr", "--role", "pilot", EGIDE_PORT="9123")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("http://127.0.0.1:9123/")
    listed = json.loads(egide("user", "list", "--json").stdout)
    assert [(one["email"], one["role"], one["active"]) for one in listed] == [
        ("julie@exemple.fr", "pilot", True)
    ]
    assert "julie@exemple.fr" in egide("user", "list").stdout


def test_the_same_address_twice_is_refused(egide: Run) -> None:
    egide("user", "add", "--email", "julie@exemple.fr")
    done = egide("user", "add", "--email", "Julie@exemple.fr")
    assert (done.returncode, done.stderr[:7], done.stdout) == (1, "EG-6002", "")
    assert "exemple" not in done.stderr


def test_an_unknown_role_is_wrong_usage(egide: Run) -> None:
    assert egide("user", "add", "--email", "julie@exemple.fr", "--role", "chef").returncode == 2


def test_a_person_who_forgot_gets_another_link(egide: Run) -> None:
    first = egide("user", "add", "--email", "julie@exemple.fr").stdout
    again = egide("user", "link", "--email", "julie@exemple.fr")
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("http://")
    assert again.stdout != first
    nobody = egide("user", "link", "--email", "personne@exemple.fr")
    assert (nobody.returncode, nobody.stderr[:7]) == (1, "EG-6001")
