from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.workspace.programmes.models import OwnProgramme, Review

TOLD = {
    "name": "Chèque numérique breton",
    "kind": "aide_financiere",
    "operator": "Région Bretagne",
    "gives": "Une aide à l'équipement.\r\nSous conditions.",
    "region": "53",
    "min_staff": "1",
    "max_staff": "50",
    "naf": "62, 6311z",
    "conditions": "Être à jour\nÊtre breton",
    "status": "open",
    "closes_on": "2031-01-31",
    "url": "https://www.bretagne.bzh/aide",
    "source_title": "Région Bretagne, la page de l'aide",
    "source_on": "2026-01-15",
}


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _text(client: Client, url: str) -> str:
    return " ".join(unescape(client.get(url).content.decode()).split())


def test_an_own_programme_is_ranked_and_shown_as_the_others(
    client: Client, a_company: Callable[..., None], browser: Callable[..., Client]
) -> None:
    a_company(staff=14, region="53", naf="62.01Z")
    answer = client.post("/programmes/ajouter/", TOLD)
    own = OwnProgramme.objects.get()
    assert answer.headers["Location"] == f"/programmes/fiche/propre-{own.pk}/"
    assert own.naf == "62 63.11Z"
    page = _text(client, answer.headers["Location"])
    for said in (
        "votre région (Bretagne)",
        "1 à 50 salariés : vous en avez 14",
        "votre activité (NAF 62.01Z)",
        "Être breton",
        "31 janvier 2031",
        "Région Bretagne, la page de l'aide",
        "Ajout de l'entreprise",
    ):
        assert said in page
    directory = _text(client, "/programmes/")
    assert "45 programmes" in directory
    assert directory.find("Chèque numérique breton") < directory.find("MonAideCyber")
    assert "Chèque numérique breton" in _text(browser(Role.COLLABORATOR), "/programmes/?q=breton")


def test_it_is_changed_then_removed_and_what_was_followed_is_kept(client: Client) -> None:
    client.post("/programmes/ajouter/", TOLD)
    pk = OwnProgramme.objects.get().pk
    client.post(f"/programmes/fiche/propre-{pk}/suivre/", {"state": "applied"})
    client.post(f"/programmes/fiche/propre-{pk}/relire/", {"status": "open"})
    client.post(f"/programmes/ajouts/{pk}/", TOLD | {"name": "Autre nom"})
    assert "Autre nom" in _text(client, f"/programmes/fiche/propre-{pk}/")
    client.post(f"/programmes/ajouts/{pk}/retirer/")
    assert client.get(f"/programmes/fiche/propre-{pk}/").status_code == 404
    assert not Review.objects.exists()
    assert "Chèque numérique breton" in _text(client, "/programmes/suivis/")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", ""),
        ("name", "Nom\x1b[31m"),
        ("kind", "cadeau"),
        ("region", "99"),
        ("naf", "ABC"),
        ("naf", "62.01Z; DROP"),
        ("max_staff", "0"),
        ("min_staff", "-1"),
        ("url", "http://exemple.fr/"),
        ("url", "javascript:alert(1)"),
        ("source_title", ""),
        ("source_on", "2999-01-01"),
        ("source_on", ""),
        ("source_on", "1999-01-01"),
        ("closes_on", "9999-12-31"),
        ("profession", "pirate"),
    ],
)
def test_what_is_wrong_is_shown_and_not_kept(client: Client, field: str, wrong: str) -> None:
    answer = client.post("/programmes/ajouter/", TOLD | {field: wrong})
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not OwnProgramme.objects.exists()


def test_there_is_a_bound(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egide.workspace.programmes.owning.MOST", 1)
    client.post("/programmes/ajouter/", TOLD)
    assert "la limite" in client.post("/programmes/ajouter/", TOLD).content.decode()
    assert OwnProgramme.objects.count() == 1


def test_only_pilots_write(client: Client, browser: Callable[..., Client]) -> None:
    client.post("/programmes/ajouter/", TOLD)
    pk = OwnProgramme.objects.get().pk
    for url in ("/programmes/ajouter/", f"/programmes/ajouts/{pk}/", f"/programmes/ajouts/{pk}/retirer/"):
        assert browser(Role.COLLABORATOR).post(url, TOLD).status_code == 403
        assert browser(None).post(url, TOLD).status_code == 302
    assert client.get(f"/programmes/ajouts/{pk}/retirer/").status_code == 405
    assert "Modifier cette fiche" not in _text(browser(Role.COLLABORATOR), f"/programmes/fiche/propre-{pk}/")
    assert OwnProgramme.objects.count() == 1


def test_the_queries_do_not_grow_with_own_programmes(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/programmes/?q=breton")
        return len(asked)

    client.post("/programmes/ajouter/", TOLD)
    queries()
    few = queries()
    for number in range(30):
        client.post("/programmes/ajouter/", TOLD | {"name": f"Chèque breton {number}"})
    queries()
    assert queries() == few
