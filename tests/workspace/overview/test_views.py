from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.overview.models import Tally


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_person_sees_what_is_left_and_what_is_done(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    read = body(browser(Role.COLLABORATOR), "/accueil/")
    assert "Fait : " in read
    fresh = person(email="nouveau@entreprise.example", informed=False)
    client = Client()
    client.force_login(fresh)
    assert "Lire ce qui est enregistré de vous" in body(client, "/accueil/").partition("Fait : ")[0]


@pytest.mark.parametrize(
    ("role", "status"), [(None, 302), (Role.COLLABORATOR, 403), (Role.PILOT, 200), (Role.ADMIN, 200)]
)
def test_only_those_who_lead_see_the_company(
    role: Role | None, status: int, browser: Callable[..., Client]
) -> None:
    assert browser(role).get("/accueil/entreprise/").status_code == status


def test_nobody_is_home_without_an_account(browser: Callable[..., Client]) -> None:
    assert browser(None).get("/accueil/").status_code == 302


def test_an_empty_company_says_so(browser: Callable[..., Client]) -> None:
    assert "Aucun échange encore" in body(browser(Role.PILOT), "/accueil/entreprise/")


def test_queries_do_not_grow_with_what_is_recorded(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client, today = browser(Role.PILOT), timezone.localdate()
    body(client, "/accueil/entreprise/")
    with CaptureQueriesContext(connection) as before:
        body(client, "/accueil/entreprise/")
    for back in range(60):
        Tally.objects.create(day=today - timedelta(days=back), label="IBAN", outcome="sent", count=3)
        Tally.objects.create(day=today - timedelta(days=back), label="", outcome="sent", count=1)
    for number in range(20):
        person(email=f"p{number}@entreprise.example", informed=bool(number % 2))
    with CaptureQueriesContext(connection) as after:
        page = body(client, "/accueil/entreprise/")
    assert "valeurs masquées" in page
    assert len(after) == len(before)
