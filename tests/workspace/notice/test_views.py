from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.keys import services as keys
from egide.workspace.notice import services
from egide.workspace.notice.models import Reading

People = Callable[..., User]


@pytest.fixture
def newcomer(person: People) -> Client:
    """Logged in for the first time."""
    client = Client()
    client.force_login(person(email="julie@entreprise.example", informed=False))
    return client


def _read(client: Client, **more: str) -> object:
    return client.post("/information/lire/", {"version": services.version(), **more})


def test_the_first_use_leads_to_the_notice_then_back(newcomer: Client) -> None:
    asked = newcomer.get("/assistant/")
    assert (asked.status_code, asked.url) == (302, "/information/lire/?suite=%2Fassistant%2F")
    page = unescape(newcomer.get(asked.url).content.decode())
    for said in ("jamais dans le journal", "Qui peut le voir", "Combien de temps", "Vos droits", "CNIL"):
        assert said in page
    assert 'name="suite" value="/assistant/"' in page
    done = _read(newcomer, suite="/assistant/")
    assert (done.status_code, done.url) == (302, "/assistant/")  # type: ignore[attr-defined]
    assert newcomer.get("/assistant/").status_code == 200


@pytest.mark.parametrize("path", ["apercu", "envoyer"])
async def test_nothing_is_analysed_before(path: str, committed_db: None) -> None:
    from asgiref.sync import sync_to_async
    from django.test import AsyncClient

    client = AsyncClient()
    julie = await sync_to_async(User.objects.create_user)("julie@entreprise.example")
    await client.aforce_login(julie)
    body = {"text": "Bonjour", "usage": "assistance", "provider": "maison"}
    more = {"seen": "x"} if path == "envoyer" else {}
    asked = json.dumps(body | more)
    answer = await client.post(f"/assistant/{path}", asked, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "EG-6150")


def test_it_stays_in_the_menu_with_its_date(newcomer: Client) -> None:
    _read(newcomer)
    page = newcomer.get("/information/lire/").content.decode()
    assert "Vous avez lu cette information le" in page
    assert "J'ai lu" not in unescape(page)
    assert "/information/lire/" in newcomer.get("/assistant/").content.decode()


def test_a_new_version_is_asked_for_again(newcomer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    _read(newcomer)
    monkeypatch.setattr(services, "version", lambda: "2027.1.1+j0.h90.v30")
    assert newcomer.get("/assistant/").status_code == 302
    assert "a changé depuis que vous l'avez lue" in unescape(
        newcomer.get("/information/lire/").content.decode()
    )
    _read(newcomer)
    assert newcomer.get("/assistant/").status_code == 200
    assert Reading.objects.count() == 2, "the earlier reading is kept: it is a proof"


def test_a_page_open_since_before_the_change_is_refused(newcomer: Client) -> None:
    page = unescape(newcomer.post("/information/lire/", {"version": "2020.1.1+j0.h90.v30"}).content.decode())
    assert "a changé pendant que vous la lisiez" in page
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.example/",
        "//ailleurs.example",
        "/\\ailleurs.example",
        "javascript:alert(1)",
        "",
        "x",
    ],
)
def test_it_leads_nowhere_else(elsewhere: str, newcomer: Client) -> None:
    assert _read(newcomer, suite=elsewhere).url == "/"  # type: ignore[attr-defined]


def test_pilots_see_who_has_read_and_whose_keys_wait(person: People, browser: Callable[..., Client]) -> None:
    late = person(email="paul@entreprise.example", name="Paul Retard", informed=False)
    person(email="anne@entreprise.example", name="Anne Lectrice")
    keys.create_key(late.email)
    client = browser(Role.PILOT)
    page = unescape(client.get("/information/suivi/").content.decode())
    assert "Paul Retard" in page
    assert "Anne Lectrice" not in page
    assert "<strong>3</strong> personnes actives, dont <strong>1</strong>" in page
    assert "Les clés d'accès de <strong>1</strong> personne sont refusées" in page
    everybody = unescape(client.get("/information/suivi/?tous=1").content.decode())
    assert "Anne Lectrice" in everybody
    assert "Lue</span> le" in everybody


def test_a_pilot_attests_and_is_named(person: People, browser: Callable[..., Client]) -> None:
    late = person(email="paul@entreprise.example", informed=False)
    address = f"/information/suivi/{late.public_id}/attester/"
    assert browser(Role.COLLABORATOR).post(address).status_code == 403
    assert browser(Role.PILOT).get(address).status_code == 405
    assert not Reading.objects.filter(person=late).exists()
    assert browser(Role.PILOT).post(address).status_code == 302
    page = browser(Role.PILOT).get("/information/suivi/?tous=1").content.decode()
    assert "Informée autrement</span> le" in page
    assert "selon pilot@entreprise.example" in page


def test_the_company_completes_it(browser: Callable[..., Client], person: People) -> None:
    client = browser(Role.PILOT)
    client.post("/information/suivi/precisions/", {"contact": "dpo@entreprise.example", "basis": "contrat"})
    assert "dpo@entreprise.example" in browser(Role.COLLABORATOR).get("/information/lire/").content.decode()
    client.post("/information/suivi/precisions/", {"contact": "x" * 201})
    assert services.details().contact == "dpo@entreprise.example"


def test_the_number_of_people_does_not_change_the_number_of_queries(
    person: People, browser: Callable[..., Client]
) -> None:
    client, counts = browser(Role.PILOT), []
    for size in (2, 20):
        for number in range(size):
            other = person(email=f"p{size}-{number}@entreprise.example", informed=False)
            services.attest(other, User.objects.get(role=Role.PILOT))
        with CaptureQueriesContext(connection) as asked:
            client.get("/information/suivi/?tous=1")
        counts.append(len(asked))
    assert counts[0] == counts[1]
