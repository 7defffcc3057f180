"""Who may ask each address of the workspace, and who may not: ``addresses`` tells, both ways are tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from tests.workspace.addresses import ASKING, ASKS, MAY, RULES, STAGED
from tests.workspace.conftest import PASSWORD
from tests.workspace.scene import enter, make_people, make_rows, patterns, url_of

from egide.workspace.accounts.models import User


@pytest.fixture
def people(person: Callable[..., User]) -> dict[str, User]:
    return make_people(person)


@pytest.fixture
def ids(people: dict[str, User]) -> dict[str, dict[str, Any]]:
    """By app, what its addresses take; by address where that differs."""
    return make_rows(people)


def _kept() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that pages may write."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model is not Session
    }


def _browser(who: str, people: dict[str, User]) -> Client:
    client = Client(raise_request_exception=False)
    if who != "nobody":
        enter(client, people[who])
    return client


def _asked(client: Client, method: str, url: str) -> HttpResponse:
    response: HttpResponse = getattr(client, method)(url)
    return response


def test_every_address_is_in_the_table() -> None:
    assert set(patterns()) == set(RULES)


@pytest.mark.parametrize(
    ("who", "method"),
    [(who, method) for who in ("nobody", "colleague", "zoé", "pilot", "admin") for method in ("get", "post")],
)
def test_who_may_not_is_refused_and_nothing_changes(
    who: str, method: str, people: dict[str, User], ids: dict[str, dict[str, Any]]
) -> None:
    client, before, wrong = _browser(who, people), _kept(), []
    for name, asked, rule in ASKS:
        if asked != method or who in MAY[rule]:
            continue
        response = _asked(client, method, url_of(name, ids))
        # A form that is refused may lead back to its page: what counts is that it changed nothing.
        led_back = response.status_code == 302 and (method == "post" or who == "nobody")
        if not led_back and response.status_code not in (401, 403, 404, 405):
            wrong.append((name, response.status_code))
    assert not wrong, str(wrong)
    assert _kept() == before


@pytest.mark.parametrize("who", ASKING)
def test_who_may_reads_each_page(who: str, people: dict[str, User], ids: dict[str, dict[str, Any]]) -> None:
    client, wrong = _browser(who, people), []
    for name, asked, rule in ASKS:
        if asked != "get" or who not in MAY[rule] or name in STAGED:
            continue
        response = _asked(client, "get", url_of(name, ids))
        to_login = response.status_code == 302 and response.headers["Location"].startswith("/connexion/")
        if to_login or response.status_code >= 400:
            wrong.append((name, response.status_code))
    assert not wrong, str(wrong)


def test_a_second_factor_is_asked_between_password_and_entry(people: dict[str, User]) -> None:
    client = Client()
    given = {"login": people["zoé"].email, "password": PASSWORD}
    answer = client.post("/connexion/", given, follow=True)
    assert answer.request["PATH_INFO"] == url_of("mfa_authenticate", {})
    assert answer.status_code == 200
