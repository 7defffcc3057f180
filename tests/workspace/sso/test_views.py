from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, PERSON, IdentityProvider
from tests.workspace.sso.conftest import sign_in

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.sso import services
from egide.workspace.sso.models import SingleSignOn

PAGE, TEST = "/connexion-entreprise/", "/connexion-entreprise/tester/"
Browser, Write = Callable[..., Client], Callable[..., SingleSignOn]


def _written(provider: IdentityProvider, **told: str) -> dict[str, str]:
    return {
        "label": "Compte maison",
        "issuer": provider.address,
        "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET,
        "domain_lines": "@Entreprise.example\n",
    } | told


def test_an_administrator_writes_the_settings_and_opens(browser: Browser, provider: IdentityProvider) -> None:
    client = browser(Role.ADMIN)
    told = _written(
        provider, is_on="on", groups_claim="groups", role_lines="Direction = Pilote\nA = B = pilote"
    )
    assert client.post(PAGE, told).status_code == 302
    one = services.setting()
    assert (one.is_on, one.domains, one.creates_people, one.passwords_closed) == (
        True, ["entreprise.example"], False, False,
    )  # fmt: skip
    assert one.roles == {"Direction": "pilot", "A = B": "pilot"}
    assert services.secret_of(one) == CLIENT_SECRET
    page = client.get(PAGE).content.decode()
    assert CLIENT_SECRET not in page
    assert "http://testserver/connexion-entreprise/retour/" in page
    assert "A = B = pilote" in page


def test_roles_are_written_and_read_in_english_on_an_english_page(
    browser: Browser, provider: IdentityProvider
) -> None:
    client = browser(Role.ADMIN)
    client.cookies["egide-language"] = "en"
    lines = "A = member of staff\nB = lead\nC = administrator"
    told = _written(provider, groups_claim="groups", role_lines=lines, admins_agreed="on")
    assert client.post(PAGE, told).status_code == 302
    assert services.setting().roles == {"A": "collaborator", "B": "pilot", "C": "admin"}
    assert lines in client.get(PAGE).content.decode()
    client.cookies["egide-language"] = "fr"
    assert "A = collaborateur\nB = pilote\nC = administrateur" in client.get(PAGE).content.decode()


def test_an_empty_secret_keeps_the_one_before_unless_it_would_go_elsewhere(
    browser: Browser, provider: IdentityProvider
) -> None:
    client = browser(Role.ADMIN)
    client.post(PAGE, _written(provider))
    assert client.post(PAGE, _written(provider, secret="", label="Maison")).status_code == 302
    assert services.secret_of(services.setting()) == CLIENT_SECRET
    page = client.post(PAGE, _written(provider, secret="", issuer="https://mechant.example"))
    assert "écrivez de nouveau le secret" in page.content.decode()
    assert services.setting().issuer == provider.address


def test_a_secret_that_cannot_be_read_any_more_is_asked_again(
    browser: Browser, setting: SingleSignOn, provider: IdentityProvider
) -> None:
    SingleSignOn.objects.update(client_id="autre")
    client = browser(Role.ADMIN)
    assert "ne peut plus être lu" in client.get(PAGE).content.decode()
    assert (
        "le secret du client" in client.post(PAGE, _written(provider, secret="", is_on="on")).content.decode()
    )
    assert client.post(PAGE, _written(provider, is_on="on")).status_code == 302
    assert services.secret_of(services.setting()) == CLIENT_SECRET


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"issuer": "http://service.example"}, "doit commencer par https://"),
        ({"domain_lines": "entreprise"}, "Un domaine par ligne"),
        ({"domain_lines": "*.example"}, "Un domaine par ligne"),
        ({"domain_lines": "entreprise.example\n" + "\n".join(f"d{i}.example" for i in range(60))}, "au plus"),
        ({"role_lines": "Direction"}, "Une ligne par groupe"),
        ({"role_lines": "Direction = chef"}, "Une ligne par groupe"),
        ({"role_lines": "A = pilote\nA = collaborateur"}, "Une ligne par groupe"),
        ({"role_lines": "Direction = pilote"}, "où le service donne les groupes"),
        ({"role_lines": "Info = administrateur", "groups_claim": "groups"}, "nomme des administrateurs"),
        ({"domain_lines": "gmail.com", "creates_people": "on"}, "ouvert au public"),
        ({"authority": "pas un certificat"}, "certificat"),
        ({"authority": "-----BEGIN PRIVATE KEY-----"}, "clé privée"),
        ({"is_on": "on", "domain_lines": ""}, "il manque un domaine"),
        ({"passwords_closed": "on"}, "ouvrez d&#x27;abord"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    told: dict[str, str], said: str, browser: Browser, provider: IdentityProvider
) -> None:
    response = browser(Role.ADMIN).post(PAGE, _written(provider, **told))
    page = response.content.decode()
    assert response.status_code == 200
    assert said in page
    assert "alert-danger" in page or "is-invalid" in page
    assert not SingleSignOn.objects.exists()


def test_administrators_by_group_are_agreed_to_in_words(browser: Browser, provider: IdentityProvider) -> None:
    told = _written(provider, role_lines="Info = administrateur", groups_claim="groups", admins_agreed="on")
    assert browser(Role.ADMIN).post(PAGE, told).status_code == 302
    assert services.setting().roles == {"Info": "admin"}


def test_the_button_tests_what_is_saved(browser: Browser, write: Write, provider: IdentityProvider) -> None:
    write(is_on=False)
    client = browser(Role.ADMIN)
    good = client.post(TEST, headers={"hx-request": "true"}).content.decode()
    assert "sous le bon nom" in good
    assert "1 clé (" in good
    assert "<html" not in good
    provider.document = {"issuer": "https://autre.example"}
    wrong = client.post(TEST).content.decode()
    assert "il se nomme « https://autre.example »" in wrong
    assert "<html" in wrong


def test_testing_before_anything_is_written_says_so(browser: Browser) -> None:
    response = browser(Role.ADMIN).post(TEST, headers={"hx-request": "true"})
    assert response.status_code == 200
    assert "alert-danger" in response.content.decode()


def test_nobody_is_unlinked_by_mistake(
    browser: Browser, setting: SingleSignOn, provider: IdentityProvider, person: Callable[..., User]
) -> None:
    client = browser(Role.ADMIN)
    person(email=PERSON["email"])
    person(email="paul@entreprise.example")
    sign_in(Client())
    for email in ("inconnu@entreprise.example", "", "paul@entreprise.example"):
        assert client.post("/connexion-entreprise/delier/", {"email": email}).status_code == 302
        assert services.joined(setting) == 1


def test_the_login_page_asks_one_thing_more(setting: SingleSignOn) -> None:
    client = Client()
    client.get("/connexion/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/connexion/")
    assert len([one for one in asked if "sso_" in one["sql"]]) == 1


def test_the_menu_shows_it_to_administrators_only(browser: Browser) -> None:
    assert PAGE in browser(Role.ADMIN).get("/accueil/").content.decode()
    assert PAGE not in browser(Role.PILOT).get("/accueil/").content.decode()


def test_an_invited_person_is_told_that_the_link_is_not_needed(
    browser: Browser, write: Write, provider: IdentityProvider, person: Callable[..., User]
) -> None:
    person(Role.ADMIN, email=PERSON["email"])
    write()
    sign_in(Client())
    write(passwords_closed=True)
    told = {"email": "paul@entreprise.example", "name": "Paul", "role": "collaborator"}
    page = browser(Role.PILOT).post("/personnes/inviter/", told).content.decode()
    assert "ce lien ne servira pas" in page
