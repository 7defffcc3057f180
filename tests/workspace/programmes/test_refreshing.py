from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.workspace.programmes.conftest import newer

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.programmes import programmes
from egide.workspace.accounts.models import User
from egide.workspace.programmes import directory, releases
from egide.workspace.programmes.models import Follow, Release, Review

URL = "/programmes/mise-a-jour/"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _give(client: Client, content: bytes, name: str = "programmes.yaml") -> str:
    answer = client.post(URL, {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def _change(content: Any) -> None:
    content["programmes"][0]["gives"] = "Un tout autre plan."
    content["programmes"].pop(1)


def test_a_newer_file_is_shown_as_a_difference_then_taken_then_undone(client: Client) -> None:
    client.post("/programmes/fiche/diag-data-ia/suivre/", {"state": "applied", "note": "Dossier 7"})
    page = _give(client, newer(_change))
    assert "Un tout autre plan." in page
    assert "1 retrait" in page
    assert "Suivi par vous : votre suivi est gardé" in page
    assert directory.in_force() is programmes()
    pk = Release.objects.get().pk
    client.post(f"{URL}{pk}/accepter/")
    assert directory.in_force().prepared == programmes().prepared + timedelta(days=1)
    assert "Un tout autre plan." in client.get("/programmes/fiche/osez-ia/").content.decode()
    assert client.get("/programmes/fiche/diag-data-ia/").status_code == 404
    followed = client.get("/programmes/suivis/").content.decode()
    assert "Diag Data IA" in followed
    assert "Dossier 7" in followed
    assert "plus dans le répertoire" in unescape(followed)
    client.post(f"{URL}{pk}/annuler/")
    assert directory.in_force() is programmes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EG-6454"),
        (b"a: &a [1]\nb: [*a, *a]\n", "EG-6453"),
        (b"a: !!python/object/apply:os.system ['true']\n", "EG-6453"),
        (b"x" * 600_000, "EG-6452"),
        (b"x" * 21_000_000, "EG-6452"),
        (newer(lambda c: c["programmes"][0].update(kind="cadeau")), "EG-6454"),
        (newer(days=0), "EG-6455"),
        (newer(days=-400), "EG-6455"),
        (newer(days=10_000), "EG-6462"),
    ],
    ids=["empty", "alias", "tag", "big", "huge", "form", "same day", "older", "future"],
)
def test_a_file_that_is_refused_changes_nothing(client: Client, content: bytes, code: str) -> None:
    _give(client, newer(_change))
    before = Release.objects.get().digest
    assert code in _give(client, content)
    assert Release.objects.get().digest == before
    assert directory.in_force() is programmes()


def test_no_file_at_all_is_told(client: Client) -> None:
    assert "EG-6454" in client.post(URL, {}).content.decode()


def test_what_is_hostile_in_a_file_is_shown_as_text(client: Client) -> None:
    page = client.post(
        URL,
        {
            "file": SimpleUploadedFile(
                "a.yaml", newer(lambda c: c["programmes"][0].update(gives="<script>alert(1)</script>"))
            )
        },
        follow=True,
    ).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    refused = client.post(
        URL, {"file": SimpleUploadedFile("a.yaml", newer(lambda c: c.update({"<img src=x>": 1})))}
    )
    assert "&lt;img src=x&gt;" in refused.content.decode()
    assert "<img src=x" not in refused.content.decode()


def test_a_second_file_takes_the_place_of_the_first_and_two_pilots_cannot_both_decide(
    client: Client, person: Callable[..., User]
) -> None:
    _give(client, newer(_change))
    first = Release.objects.get().pk
    _give(client, newer(_change, 2))
    assert Release.objects.count() == 1
    page = client.post(f"{URL}{first}/accepter/", follow=True).content.decode()
    assert "attend plus de décision" in unescape(page)
    second = Release.objects.get().pk
    client.post(f"{URL}{second}/abandonner/")
    assert not Release.objects.exists()
    with pytest.raises(WorkspaceError, match="EG-6456"):
        releases.take(second, person(email="anne@entreprise.example"))


def test_a_file_of_another_form_in_the_database_does_not_stop_the_directory(client: Client) -> None:
    _give(client, newer(_change))
    client.post(f"{URL}{Release.objects.get().pk}/accepter/")
    Release.objects.update(content='{"schema_version": 0}', digest="0" * 64)
    assert client.get("/programmes/").status_code == 200
    assert client.get(URL).status_code == 200


def test_a_waiting_file_of_another_form_can_only_be_given_up(client: Client) -> None:
    _give(client, newer(_change))
    Release.objects.update(content='{"schema_version": 0}')
    pk = Release.objects.get().pk
    page = client.get(URL).content.decode()
    assert "EG-6454" in page
    assert "Mettre ce répertoire en vigueur" not in page
    client.post(f"{URL}{pk}/accepter/")
    assert directory.in_force() is programmes()
    client.post(f"{URL}{pk}/abandonner/")
    assert not Release.objects.exists()


def test_what_the_company_wrote_stays_over_a_new_file(client: Client) -> None:
    client.post("/programmes/fiche/osez-ia/suivre/", {"state": "applied"})
    client.post("/programmes/fiche/osez-ia/relire/", {"status": "open"})
    _give(client, newer(_change))
    client.post(f"{URL}{Release.objects.get().pk}/accepter/")
    assert (Follow.objects.count(), Review.objects.count()) == (1, 1)


@pytest.mark.parametrize("action", ["accepter", "abandonner", "annuler"])
def test_only_pilots_decide(client: Client, browser: Callable[..., Client], action: str) -> None:
    _give(client, newer(_change))
    url = f"{URL}{Release.objects.get().pk}/{action}/"
    assert browser(Role.COLLABORATOR).post(url).status_code == 403
    assert browser(Role.COLLABORATOR).post(URL, {}).status_code == 403
    assert browser(None).post(url).status_code == 302
    assert client.get(url).status_code == 405
    assert Release.objects.get().taken_at is None
