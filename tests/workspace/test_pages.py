"""What pages have in common. Who may ask them: ``test_access``; the list of them: ``addresses``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.workspace.addresses import MAY, RULES
from tests.workspace.scene import make_people, make_rows, url_of

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.usages import services as usages

# Asked by a mail program, which has no page of ours (RFC 8058): the address itself is signed.
WITHOUT_TOKEN = frozenset({"mail:stop"})


@pytest.fixture(autouse=True)
def content(db: None) -> None:
    usages.default()


def test_a_form_without_its_token_is_refused(person: Callable[..., User]) -> None:
    people = make_people(person)
    rows, wrong = make_rows(people), []
    for who in ("zoé", "admin"):
        client = Client(enforce_csrf_checks=True)
        client.force_login(people[who])
        for name, (_, rule) in RULES.items():
            if who in MAY[rule] and name not in WITHOUT_TOKEN:
                answer = client.post(url_of(name, rows), {"value": "Durand"})
                if answer.status_code != 403 or "Formulaire expiré" not in answer.content.decode():
                    wrong.append((name, answer.status_code))
    assert not wrong, str(wrong)


def test_who_may_not_is_told_so_in_french(browser: Callable[..., Client]) -> None:
    response = browser(Role.COLLABORATOR).get("/personnes/")
    assert response.status_code == 403
    assert "réservée" in response.content.decode()


@pytest.mark.parametrize("service", ["mistral-eu", "azure"])
def test_a_known_provider_fills_its_form(service: str, browser: Callable[..., Client]) -> None:
    address = f"/fournisseurs/ajouter/?service={service}"
    assert browser(Role.PILOT).get(address).status_code == 200
    assert browser(Role.COLLABORATOR).get(address).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_the_first_page_is_the_assistant(role: Role, browser: Callable[..., Client]) -> None:
    response = browser(role).get("/")
    assert (response.status_code, response.url) == (302, "/assistant/")


def test_collaborators_see_no_entry_that_they_may_not_open(browser: Callable[..., Client]) -> None:
    page = browser(Role.COLLABORATOR).get("/assistant/").content.decode()
    assert reverse("providers:list") not in page
    assert "Piloter" not in page
    assert 'aria-current="page"' in page


def test_an_unknown_address_says_so_in_french(browser: Callable[..., Client]) -> None:
    response = browser(Role.PILOT).get("/nulle-part/")
    assert response.status_code == 404
    assert "Page introuvable" in response.content.decode()
