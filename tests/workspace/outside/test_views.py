from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import AIDS, COMPANIES, DATASETS
from egide.workspace.outside.models import Switch

URL = "/services-publics/"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _text(client: Client) -> str:
    return " ".join(unescape(client.get(URL).content.decode()).split())


@pytest.mark.parametrize("service", [COMPANIES, AIDS, DATASETS])
def test_every_service_is_off_until_a_pilot_opens_it(db: None, service: str) -> None:
    assert not switches.is_on(service)
    with pytest.raises(WorkspaceError, match="EG-6458"):
        switches.allowed(service)


def test_the_page_tells_what_leaves_and_why_some_are_not_offered(client: Client) -> None:
    page = _text(client)
    assert page.count("Ce qui sort de l'entreprise") == 3
    assert page.count("Non proposé") == 3
    assert "https://recherche-entreprises.api.gouv.fr" in page
    assert "54 Mo" in page


def test_opening_and_closing(client: Client) -> None:
    client.post(f"{URL}{DATASETS}/ouvrir/")
    assert switches.allowed(DATASETS) == ""
    assert not switches.is_on(COMPANIES)
    assert "par pilot@entreprise.example" in _text(client)
    client.post(f"{URL}{DATASETS}/fermer/")
    assert not switches.is_on(DATASETS)


def test_a_key_is_kept_sealed_never_shown_and_forgotten(client: Client) -> None:
    page = client.post(f"{URL}{AIDS}/ouvrir/", follow=True).content.decode()
    assert "demande une clé" in unescape(page)
    assert not switches.is_on(AIDS)
    page = client.post(f"{URL}{AIDS}/ouvrir/", {"key": " la-cle-secrete "}, follow=True).content.decode()
    assert "la-cle-secrete" not in page
    assert b"la-cle" not in bytes(Switch.objects.get().sealed_key)
    assert switches.allowed(AIDS) == "la-cle-secrete"
    client.post(f"{URL}{AIDS}/fermer/")
    assert bytes(Switch.objects.get().sealed_key) == b""


@pytest.mark.parametrize("service", ["legifrance", "les-aides", "aides-entreprises", "inconnu"])
def test_what_is_not_offered_cannot_be_opened(client: Client, service: str) -> None:
    assert client.post(f"{URL}{service}/ouvrir/", {"key": "a"}).status_code == 404
    assert not Switch.objects.exists()


def test_only_pilots_may(browser: Callable[..., Client]) -> None:
    for action in ("ouvrir", "fermer"):
        assert browser(Role.COLLABORATOR).post(f"{URL}{DATASETS}/{action}/").status_code == 403
        assert browser(None).post(f"{URL}{DATASETS}/{action}/").status_code == 302
    assert browser(Role.COLLABORATOR).get(URL).status_code == 403
    assert not Switch.objects.exists()


def test_the_choice_outlives_who_made_it(client: Client, browser: Callable[..., Client]) -> None:
    client.post(f"{URL}{DATASETS}/ouvrir/")
    User.objects.get(email="pilot@entreprise.example").delete()
    assert switches.is_on(DATASETS)
    assert "pilot@" not in _text(browser(Role.ADMIN))
