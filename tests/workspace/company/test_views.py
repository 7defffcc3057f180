from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from egide.policy import Policy, Role
from egide.reference.professions import professions
from egide.workspace.accounts.models import User
from egide.workspace.company import services
from egide.workspace.notice import services as notice
from egide.workspace.policies import versions
from egide.workspace.providers import services as providers
from egide.workspace.ui.journey import steps
from egide.workspace.usages import services as usages

WHOLE = {
    "name": "Menuiserie Kervella",
    "siren": "732 829 320",
    "staff": "12",
    "naf": "4332a",
    "region": "53",
    "profession": "avocat",
    "representatives": "no",
}


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _page(client: Client, url: str) -> str:
    return unescape(client.get(url).content.decode())


def test_the_company_says_who_it_is(client: Client) -> None:
    assert client.post("/entreprise/", WHOLE).status_code == 302
    found = services.current()
    told = (found.name, found.siren, found.staff, found.naf, found.region, found.profession)
    assert told == ("Menuiserie Kervella", "732829320", 12, "43.32A", "53", "avocat")
    assert found.representatives is False
    page = _page(client, "/entreprise/")
    avocat = next(one for one in professions().professions if one.id == "avocat")
    assert avocat.obligation in page
    assert all(said in page for said in avocat.implies_for_generative_ai)
    assert "/politique/metiers/avocat/" in page
    assert re.search(r'<input[^>]*value="no"[^>]*checked', page)


def test_nothing_is_compulsory_and_what_is_not_told_stays_untold(client: Client) -> None:
    client.post("/entreprise/", WHOLE)
    assert client.post("/entreprise/", {"name": ""}).status_code == 302
    found = services.current()
    assert (found.name, found.siren, found.staff, found.representatives) == ("", "", None, None)
    assert len(services.untold()) == 5


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("siren", "732829321", "dernier chiffre"),
        ("siren", "000000000", "dernier chiffre"),
        ("siren", "73282932000074", "neuf chiffres"),
        ("siren", "٧٣٢٨٢٩٣٢٠", "neuf chiffres"),
        ("naf", "4332", "quatre chiffres et une lettre"),
        ("naf", "43.32AA", "quatre chiffres et une lettre"),
        ("staff", "0", "nombre de personnes"),
        ("staff", "99999999", "nombre de personnes"),
        ("region", "99", "choix valide"),
        ("profession", "inventée", "choix valide"),
        ("representatives", "peut-être", "choix valide"),
    ],
)
def test_what_cannot_be_true_is_refused(client: Client, field: str, value: str, said: str) -> None:
    response = client.post("/entreprise/", WHOLE | {field: value})
    assert response.status_code == 200
    assert said in unescape(response.content.decode())
    assert services.current().name == ""


def test_the_first_steps_follow_what_is_done(client: Client, person: Callable[..., User]) -> None:
    assert [step.view for step in steps()][:6] == [
        "company:profile",
        "providers:list",
        "policies:policy",
        "usages:list",
        "people:list",
        "notice:follow",
    ]

    def done() -> list[str]:
        return [step.view for step in steps()[:6] if step.state().done]

    assert done() == []
    assert f"0 sur {len(steps())} étapes faites" in _page(client, "/entreprise/premiers-pas/")
    client.post("/entreprise/", WHOLE)
    assert done() == ["company:profile"]
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    usages.default()
    assert done() == ["company:profile", "providers:list", "policies:policy"]
    usages.add("Devis", answers={"control": "Luc relit", "fallback": "À la main"})
    other = person(informed=False)
    notice.add_details("dpo@entreprise.example", "intérêt légitime")
    assert done()[3:] == ["usages:list", "people:list"]
    assert "pas encore lue : 1." in _page(client, "/entreprise/premiers-pas/")
    notice.acknowledge(other, notice.version())
    assert len(done()) == 6


def test_in_english_the_profession_keeps_its_words(client: Client) -> None:
    client.post("/entreprise/", WHOLE | {"region": ""})
    client.cookies["egide-language"] = "en"
    page = _page(client, "/entreprise/")
    assert "Name of the company" in page
    avocat = next(one for one in professions().professions if one.id == "avocat")
    assert f'<span lang="fr">{avocat.obligation}</span>' in page
    assert "Still to be told: its region." in _page(client, "/entreprise/premiers-pas/")
