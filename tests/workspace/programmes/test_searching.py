from __future__ import annotations

from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from aiohttp import web
from django.test import Client
from tests.public_services import AID, DATASET, KEY, PublicServices, running_services

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import AIDS, DATASETS
from egide.workspace.programmes.searching import search

URL = "/programmes/services-publics/"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def served(client: Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicServices]:
    with running_services() as running:
        monkeypatch.setattr("egide.workspace.outside.catalogue.address", lambda service: running.address)
        yield running


@pytest.fixture
def opened(served: PublicServices) -> PublicServices:
    pilot = User.objects.get(email="pilot@entreprise.example")
    switches.turn_on(AIDS, pilot, KEY)
    switches.turn_on(DATASETS, pilot)
    return served


def _find(client: Client, service: str, words: str = "numérique") -> str:
    return " ".join(unescape(client.post(URL, {"service": service, "q": words}).content.decode()).split())


def test_nothing_is_asked_while_all_is_off(client: Client, served: PublicServices) -> None:
    assert "Aucun service n'est ouvert" in unescape(client.get(URL).content.decode())
    assert "EG-6458" in _find(client, AIDS)
    assert "EG-6458" in _find(client, "inconnu")
    assert served.received == []


def test_aids_are_found_and_may_be_added(client: Client, opened: PublicServices) -> None:
    page = _find(client, AIDS)
    assert "Aide au numérique" in page
    assert "Région Bretagne" in page
    assert 'href="https://aides-territoires.beta.gouv.fr/aides/4242-aide-au-numerique/"' in page
    assert "Licence Ouverte 2.0" in page
    paths = [path for _, path, _ in opened.received]
    assert paths[0] == "/connexion/"
    assert paths[1].startswith(
        "/aids/?organization_type_slugs=private-sector&keyword=num%C3%A9rique&itemsPerPage=20"
    )
    assert "authorization" not in opened.received[0][2]
    assert "x-auth-token" not in opened.received[1][2]
    proposed = unescape(
        client.get("/programmes/ajouter/?name=Aide&url=https://exemple.fr/&status=x").content.decode()
    )
    assert 'value="Aide"' in proposed
    assert 'value="https://exemple.fr/"' in proposed


def test_data_sets_are_found_with_their_date(client: Client, opened: PublicServices) -> None:
    page = _find(client, DATASETS)
    assert "Institut supérieur des métiers · 2026-11-02" in page
    assert 'href="https://www.data.gouv.fr/datasets/aides-aux-entreprises/"' in page


def test_a_wrong_key_is_told(client: Client, opened: PublicServices) -> None:
    switches.turn_on(AIDS, User.objects.get(email="pilot@entreprise.example"), "mauvaise")
    page = _find(client, AIDS)
    assert "refuse l'accès" in page
    assert "mauvaise" not in page


@pytest.mark.parametrize("words", ["", "ab", "x" * 101])
def test_words_too_short_or_too_long_never_leave(client: Client, opened: PublicServices, words: str) -> None:
    assert "EG-6460" in _find(client, AIDS, words)
    assert opened.received == []


def test_a_mere_link_asks_nothing(client: Client, opened: PublicServices) -> None:
    assert client.get(f"{URL}?service={DATASETS}&q=aides").status_code == 200
    assert opened.received == []


def _answering(told: Any) -> Callable[[web.Request], Any]:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response(told)

    return answer


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (AIDS, {}),
        (AIDS, {"token": 1}),
        (AIDS, {"token": "a\r\nb"}),
        (AIDS, []),
        (DATASETS, {}),
        (DATASETS, {"data": "rien"}),
        (DATASETS, {"data": [{"title": None}]}),
        (DATASETS, None),
    ],
)
def test_an_answer_of_another_form_is_told(
    client: Client, opened: PublicServices, service: str, told: Any
) -> None:
    opened.fault = _answering(told)
    assert "EG-6459" in _find(client, service)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://ailleurs.exemple/",
        "//ailleurs.exemple/",
        "http://www.data.gouv.fr/",
        "http://[",
        None,
    ],
)
def test_a_link_that_leaves_the_site_of_the_service_is_not_shown(
    opened: PublicServices, url: str | None
) -> None:
    opened.fault = _answering({"data": [DATASET | {"page": url}]})
    assert [hit.url for hit in search(DATASETS, "aides")] == ["https://www.data.gouv.fr/"]


def test_what_is_hostile_is_shown_as_text(client: Client, opened: PublicServices) -> None:
    opened.fault = _answering({"data": [DATASET | {"title": "<script>alert(1)</script>"}] * 50})
    raw = client.post(URL, {"service": DATASETS, "q": "aides"}).content.decode()
    assert "<script>alert" not in raw
    assert raw.count("Ajouter au répertoire") == 20
    assert str(AID["name"]) not in raw


def test_only_pilots_search(opened: PublicServices, browser: Callable[..., Client]) -> None:
    assert browser(Role.COLLABORATOR).post(URL, {"service": DATASETS, "q": "aides"}).status_code == 403
    assert browser(None).post(URL, {"service": DATASETS, "q": "aides"}).status_code == 302
    assert opened.received == []
