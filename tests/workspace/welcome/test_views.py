from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.accounts.services import first_link
from egide.workspace.company import services as company
from egide.workspace.notice import services as notice
from egide.workspace.policies import versions
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage
from egide.workspace.welcome.filling import current
from egide.workspace.welcome.plan import BASIS, plan
from egide.workspace.welcome.undoing import looser

ANSWERS = {
    "name": "Menuiserie Kervella",
    "siren": "732 829 320",
    "staff": "3",
    "naf": "4332a",
    "region": "53",
    "profession": "commerce_general",
    "representatives": "no",
    "departments": ["commercial", "technique"],
    "used": ["public"],
}


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    usages.default()
    return browser(Role.ADMIN)


def _page(client: Client, url: str) -> str:
    return unescape(client.get(url).content.decode())


def _read(page: str) -> str:
    found = re.search(r'name="read" value="(\w+)"', page)
    return found[1] if found else ""


def _enter(**said: str) -> str:
    link = first_link("")
    assert link is not None
    entering = {"email": "a@entreprise.example", "password": "quatre lampes vertes", **said}
    return str(Client().post(link, entering).url)


def test_the_first_administrator_is_led_to_what_is_recorded_then_to_the_three_answers(db: None) -> None:
    assert _enter() == "/information/lire/?suite=%2Fbienvenue%2F"


def test_not_where_the_company_is_known_already(db: None) -> None:
    found = company.current()
    found.staff = 4
    found.save()
    assert _enter() == "/"


def test_from_three_answers_to_a_filled_workspace_and_back(client: Client) -> None:
    assert client.post("/bienvenue/", ANSWERS).url == "/bienvenue/proposition/"
    page = _page(client, "/bienvenue/proposition/")
    assert "Relancer un devis" in page
    assert "Rien n'est encore changé" in page
    assert company.current().name == ""
    assert not Usage.objects.filter(state="proposed").exists()
    taken = sorted(plan(current().answers, User.objects.get()).keys)  # type: ignore[union-attr]
    assert all(f'value="{key}"' in page for key in taken)
    assert (
        client.post("/bienvenue/remplir/", {"take": taken, "read": _read(page)}).url
        == "/entreprise/premiers-pas/"
    )
    assert company.current().name == "Menuiserie Kervella"
    assert "Revoir ou annuler" in _page(client, "/entreprise/premiers-pas/")
    assert "Annuler le remplissage" in _page(client, "/bienvenue/")
    assert client.get("/bienvenue/proposition/").status_code == 302
    client.post("/bienvenue/annuler/")
    assert company.current().name == ""
    assert "Répondre aux trois questions" in _page(client, "/entreprise/premiers-pas/")


def test_answers_come_back_when_they_are_changed(client: Client) -> None:
    client.post("/bienvenue/", ANSWERS)
    page = _page(client, "/bienvenue/")
    assert 'value="Menuiserie Kervella"' in page
    assert page.count("checked") == 4  # no representatives, two departments, one account
    assert re.search(r'<input[^>]*name="representatives"[^>]*value="no"[^>]*checked', page)


def test_a_wrong_answer_is_told_and_nothing_is_kept(client: Client) -> None:
    response = client.post("/bienvenue/", ANSWERS | {"siren": "123456789", "departments": ["inconnu"]})
    assert response.status_code == 200
    assert "dernier chiffre" in unescape(response.content.decode())
    assert current() is None


def test_what_the_page_did_not_offer_is_refused(client: Client) -> None:
    client.post("/bienvenue/", ANSWERS)
    read = _read(_page(client, "/bienvenue/proposition/"))
    for told in ({"take": ["company", "programme:inconnu"], "read": read}, {"take": ["company"]}):
        client.post("/bienvenue/remplir/", told)
        assert company.current().name == ""
    client.post("/bienvenue/remplir/", {"take": ["company"], "read": read})
    assert company.current().name == "Menuiserie Kervella"


def test_later_leads_to_the_first_steps_and_may_be_taken_up(client: Client) -> None:
    assert client.post("/bienvenue/plus-tard/").url == "/entreprise/premiers-pas/"
    assert client.get("/bienvenue/").status_code == 200
    assert client.post("/bienvenue/", ANSWERS).status_code == 302


def test_a_name_that_tries_to_be_markup_stays_text(client: Client) -> None:
    client.post("/bienvenue/", ANSWERS | {"name": "<script>alert(1)</script>"})
    assert "<script>alert(1)</script>" not in client.get("/bienvenue/proposition/").content.decode()


def test_the_first_steps_say_how_long_each_takes(client: Client) -> None:
    page = _page(client, "/entreprise/premiers-pas/")
    assert "minutes pour le reste" in page
    assert page.count(" min</span>") == page.count(">À faire</span>")


def test_a_policy_that_undoing_would_open_stays_and_is_told(client: Client) -> None:
    client.post("/bienvenue/", ANSWERS | {"profession": "expert_comptable"})
    page = _page(client, "/bienvenue/proposition/")
    client.post("/bienvenue/remplir/", {"take": ["policy"], "read": _read(page)})
    version, opened = versions.latest(), looser()
    page = _page(client, "/bienvenue/")
    assert opened
    assert all(said in page for said in opened)
    assert 'href="/politique/versions/"' in page
    page = unescape(client.post("/bienvenue/annuler/", follow=True).content.decode())
    assert "La politique reste comme elle est" in page
    assert '<a href="/politique/versions/">' in page
    assert versions.latest() == version


def test_what_the_notice_says_already_is_not_proposed(client: Client) -> None:
    client.post("/bienvenue/", ANSWERS)
    page = _page(client, "/bienvenue/proposition/")
    assert page.count(BASIS) == 1
    assert "Contact : " in page
    assert "considérant" not in page
    notice.add_details("dpo@entreprise.example", "")
    page = _page(client, "/bienvenue/proposition/")
    assert page.count(BASIS) == 1
    assert "Contact : " not in page
    client.post("/bienvenue/remplir/", {"take": ["notice"], "read": _read(page)})
    assert (notice.details().contact, notice.details().basis) == ("dpo@entreprise.example", BASIS)
