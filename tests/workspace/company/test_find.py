from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import pytest
from aiohttp import web
from django.test import Client
from tests.public_services import COMPANY, PublicServices, running_services

from egide.policy import Role
from egide.workspace.company import services
from egide.workspace.outside.catalogue import COMPANIES

FIND, FILL = "/entreprise/chercher/", "/entreprise/remplir/"
FOUND = {"found-name": "LA POSTE", "found-siren": "356000000", "found-naf": "5310Z", "found-region": "11"}
PART = {"HX-Request": "true"}


@pytest.fixture
def served(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicServices]:
    with running_services() as running:
        monkeypatch.setattr("egide.workspace.outside.catalogue.address", lambda service: running.address)
        yield running


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def opened(served: PublicServices, client: Client) -> PublicServices:
    client.post(f"/services-publics/{COMPANIES}/ouvrir/")
    return served


def _value(page: str, name: str) -> str:
    (tag,) = re.findall(f'<input[^>]* name="{name}"[^>]*>', page)
    found = re.search('value="([^"]*)"', tag)
    return found[1] if found else ""


def test_while_it_is_closed_there_is_no_button_and_nothing_leaves(
    served: PublicServices, client: Client
) -> None:
    page = unescape(client.get("/entreprise/").content.decode())
    assert "Chercher mon entreprise" not in page
    assert 'href="/services-publics/"' in page
    assert "EG-6458" in client.post(FIND, {"wanted": "356000000"}).content.decode()
    assert served.received == []


def test_nothing_leaves_but_on_the_button(opened: PublicServices, client: Client) -> None:
    page = unescape(client.get("/entreprise/").content.decode())
    assert "Chercher mon entreprise" in page
    assert "adresse internet de votre serveur" in page
    client.post(FILL, FOUND)
    client.post("/entreprise/", {"name": "La Poste", "siren": "356000000"})
    client.get(FIND), client.get("/entreprise/?wanted=356000000")
    assert opened.received == []
    client.post(FIND, {"wanted": "356 000 000"})
    assert [path.partition("&")[0] for _, path, _ in opened.received] == ["/search?q=356000000"]


@pytest.mark.parametrize("headers", [{}, PART])
def test_what_is_found_is_listed_then_fills_the_form_without_saving(
    opened: PublicServices, client: Client, headers: dict[str, str]
) -> None:
    page = unescape(client.post(FIND, {"wanted": "la poste"}, headers=headers).content.decode())
    assert "LA POSTE" in page
    assert "salariés et plus" in page
    assert ("<html" in page) is not bool(headers)
    chosen = {name: _value(page, name) for name in FOUND}
    assert chosen == FOUND
    page = unescape(client.post(FILL, chosen, headers=headers).content.decode())
    assert "rien n'est enregistré" in page
    assert [_value(page, name) for name in ("name", "siren", "naf")] == ["LA POSTE", "356000000", "5310Z"]
    assert re.search('<option value="11"[^>]* selected', page)
    assert (services.current().name, services.current().siren) == ("", "")
    saved = {name: _value(page, name) for name in ("name", "siren", "naf")}
    assert client.post("/entreprise/", saved).status_code == 302
    assert services.current().naf == "53.10Z"


def test_what_was_being_written_stays(opened: PublicServices, client: Client) -> None:
    written = {"name": "Ma poste", "staff": "12", "representatives": "no"}
    page = client.post(FILL, FOUND | {"found-name": ""} | written, headers=PART).content.decode()
    assert [_value(page, name) for name in ("name", "staff", "siren")] == ["Ma poste", "12", "356000000"]
    assert re.search('<input[^>]*value="no"[^>]*checked', page)


@pytest.mark.parametrize(
    ("wanted", "code"), [("", "EG-6460"), ("ab", "EG-6460"), ("356000001", "EG-6460"), ("x" * 200, "EG-6460")]
)
def test_what_cannot_be_looked_for_is_told_and_stays(
    opened: PublicServices, client: Client, wanted: str, code: str
) -> None:
    assert code in client.post(FIND, {"wanted": wanted}, headers=PART).content.decode()
    assert opened.received == []


def test_a_service_that_fails_is_told_in_french(opened: PublicServices, client: Client) -> None:
    async def broken(request: web.Request) -> web.Response:
        return web.json_response({}, status=503)

    opened.fault = broken
    page = unescape(client.post(FIND, {"wanted": "la poste"}, headers=PART).content.decode())
    assert "en panne" in page
    assert "EG-6459" in page


def test_what_the_service_answers_is_only_text(opened: PublicServices, client: Client) -> None:
    async def hostile(request: web.Request) -> web.Response:
        return web.json_response({"results": [COMPANY | {"nom_complet": '"><script>alert(1)</script>'}]})

    opened.fault = hostile
    assert "<script>alert" not in client.post(FIND, {"wanted": "la poste"}).content.decode()


def test_nothing_found_is_told(opened: PublicServices, client: Client) -> None:
    page = unescape(client.post(FIND, {"wanted": "inconnue au bataillon"}, headers=PART).content.decode())
    assert "Aucune entreprise trouvée" in page


def test_only_pilots_may(opened: PublicServices, browser: Callable[..., Client]) -> None:
    for url in (FIND, FILL):
        assert browser(Role.COLLABORATOR).post(url, {"wanted": "la poste"}).status_code == 403
        assert browser(None).post(url, {"wanted": "la poste"}).status_code == 302
    assert opened.received == []
    assert browser(Role.ADMIN).post(FIND, {"wanted": "la poste"}).status_code == 200
