from __future__ import annotations

import time
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workspace.conftest import NoExchange

from egide.errors import GatewayError
from egide.policy import Role
from egide.policy.limits import Cell, Period
from egide.policy.windows import window
from egide.ports import Count
from egide.workspace.accounts.models import User
from egide.workspace.limits import services
from egide.workspace.limits.models import Limit
from egide.workspace.limits.store import SqlCounts
from egide.workspace.providers import services as providers

GIVEN = {"who": "person:", "figure": "200", "measure": "requests", "period": "day"}


def page(client: Client) -> str:
    return unescape(client.get("/limites/").content.decode())


def use(who: str, value: int) -> None:
    now = time.time()
    cell = Cell("person", who, "requests", "day", window(Period.DAY, now).name)
    SqlCounts().merge([Count(cell, value, now + 1e6)], 0.0, now)


def test_a_pilot_sets_changes_and_removes_a_limit(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    assert "Aucune limite" in page(client)
    added = client.post("/limites/", GIVEN, follow=True)
    assert "Limite ajoutée : Chaque personne : 200 demandes par jour" in unescape(added.content.decode())
    limit = Limit.objects.get()
    client.post(f"/limites/{limit.pk}/", {"figure": "300"})
    assert "Chaque personne : 300 demandes par jour" in page(client)
    client.post(f"/limites/{limit.pk}/retirer/")
    assert not Limit.objects.exists()


def test_a_mistake_is_told_and_changes_nothing(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    answer = client.post("/limites/", {**GIVEN, "figure": "1,5"})
    assert "nombre entier" in answer.content.decode()
    assert not Limit.objects.exists()


@pytest.mark.parametrize("role", [Role.COLLABORATOR, None])
def test_nobody_else_may(role: Role | None, browser: Callable[..., Client]) -> None:
    browser(Role.PILOT).post("/limites/", GIVEN)
    limit, client = Limit.objects.get(), browser(role)
    expected = 302 if role is None else 403
    for url, given in (
        ("/limites/", GIVEN),
        (f"/limites/{limit.pk}/", {"figure": "9"}),
        (f"/limites/{limit.pk}/retirer/", {}),
    ):
        assert client.post(url, given).status_code == expected
    assert client.get(f"/limites/{limit.pk}/").status_code == expected
    assert Limit.objects.get().most == 200


def test_removing_needs_a_form(browser: Callable[..., Client]) -> None:
    browser(Role.PILOT).post("/limites/", GIVEN)
    url = f"/limites/{Limit.objects.get().pk}/retirer/"
    assert browser(Role.PILOT).get(url).status_code == 405
    assert browser(Role.PILOT, csrf=True).post(url).status_code == 403


def test_current_use_is_a_bar_with_its_figure(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client = browser(Role.PILOT)
    client.post("/limites/", {**GIVEN, "figure": "2000"})
    use(person(name="Julie <b>").public_id, 1700)
    shown = client.get("/limites/").content.decode()
    assert '<meter min="0" optimum="0" low="1599" high="1999" max="2000" value="1700"' in shown
    assert "Plus de 80 %" in shown
    assert "1\u202f700 demandes (85 %)" in shown
    assert "Julie &lt;b&gt;" in shown


def test_a_price_is_set_and_its_absence_told(browser: Callable[..., Client]) -> None:
    provider = providers.add_provider("Ailleurs", "openai", "http://127.0.0.1:1/v1", "public")
    client = browser(Role.PILOT)
    client.post("/limites/", {**GIVEN, "measure": "cost", "figure": "30"})
    assert "le prix de Ailleurs n'est pas indiqué" in page(client)
    client.post(f"/limites/prix/{provider.slug}/", {"input": "0,5", "output": "1,50"})
    shown = page(client)
    assert "n'est pas indiqué" not in shown
    assert "0,5 € par million de jetons envoyés, 1,5 € reçus" in shown
    assert services.prices()["ailleurs", ""].output == 1.5
    assert client.post("/limites/prix/ailleurs/", {"input": "-1", "output": "2"}).status_code == 200
    assert services.prices()["ailleurs", ""].input == 0.5
    client.post("/limites/prix/ailleurs/", {"input": "0.25", "output": "2"})
    assert services.prices()["ailleurs", ""].input == 0.25
    assert client.get("/limites/prix/inconnu/").status_code == 404


def test_a_shared_counter_that_is_away_is_told(
    browser: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NoExchange, "warnings", lambda self: [GatewayError("EG-4043")])
    assert "(EG-4043)" in page(browser(Role.PILOT))


def test_the_queries_do_not_grow_with_rows(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client = browser(Role.PILOT)

    def queries() -> int:
        client.get("/limites/")  # tells what was done, which is told once
        with CaptureQueriesContext(connection) as asked:
            client.get("/limites/")
        return len(asked)

    client.post("/limites/", GIVEN)
    use(person().public_id, 3)
    before = queries()
    for i in range(10):
        someone = person(email=f"p{i}@entreprise.example")
        client.post("/limites/", {**GIVEN, "who": f"person:{someone.public_id}"})
        use(someone.public_id, 3)
        providers.add_provider(f"Service {i}", "openai", "http://127.0.0.1:1/v1", "public")
    assert queries() == before
