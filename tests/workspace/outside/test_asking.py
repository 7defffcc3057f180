"""Against a real server on the loopback: every way in which a service may fail."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import web
from tests.public_services import Handler, PublicServices, running_services

from egide.errors import WorkspaceError
from egide.workspace.outside import asking
from egide.workspace.outside.asking import MOST_BYTES, ask
from egide.workspace.outside.catalogue import DATASETS, address, services


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicServices]:
    with running_services() as running:
        monkeypatch.setattr("egide.workspace.outside.catalogue.address", lambda service: running.address)
        yield running


def _ask(**more: Any) -> Any:
    return asyncio.run(ask(DATASETS, "/datasets/", {"q": "aides & co"}, **more))


def test_the_addresses_are_those_of_the_file_and_secure() -> None:
    assert address(DATASETS) == "https://www.data.gouv.fr/api/1"
    assert all(address(one).startswith("https://") for one in services())


def test_what_is_asked_leaves_as_told_and_nothing_else(served: PublicServices) -> None:
    assert _ask()["total"] == 1
    method, path, headers = served.received[0]
    assert (method, path) == ("GET", "/datasets/?q=aides+%26+co")
    assert set(headers) == {"host", "accept", "accept-encoding", "user-agent"}
    assert "Egide" in headers["user-agent"]


def _status(status: int, **headers: str) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"erreur": "secret du service"}, status=status, headers=headers)

    return answer


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(MOST_BYTES // 50_000 + 10):
        await response.write(b" " * 50_000)
    return response


async def _page(request: web.Request) -> web.Response:
    return web.Response(text="<html>en maintenance</html>", content_type="text/html")


async def _deep(request: web.Request) -> web.Response:
    return web.Response(text="[" * 200_000)


async def _bomb(request: web.Request) -> web.Response:
    packed = gzip.compress(b" " * 50_000_000)
    return web.Response(body=packed, headers={"content-encoding": "gzip"})


async def _cut(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.close()
    return web.Response()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (_status(429, **{"Retry-After": "7"}), "Réessayez dans 7 secondes"),
        (_status(429, **{"Retry-After": "demain matin"}), "Réessayez plus tard"),
        (_status(401), "refuse l'accès"),
        (_status(403), "refuse l'accès"),
        (_status(400), "ne comprend pas cette recherche"),
        (_status(404), "code 404"),
        (_status(503), "en panne (code 503)"),
        (_status(204), "code 204"),
        (_huge, "dépasse 1 Mo"),
        (_page, "pas lisible"),
        (_deep, "pas lisible"),
        (_bomb, "pas lisible"),
        (_cut, "connexion n'a pas abouti"),
    ],
)
def test_a_failure_is_told_in_french_with_what_to_do(
    served: PublicServices, fault: Handler, said: str
) -> None:
    served.fault = fault
    with pytest.raises(WorkspaceError, match="EG-6459") as refused:
        _ask()
    assert said in refused.value.message
    assert "Le reste d'Égide marche sans lui" in refused.value.message
    assert "secret" not in refused.value.message
    # The client asks once more, of itself, when a connection was closed under a GET.
    assert len(served.received) <= (2 if fault is _cut else 1)


def test_no_redirection_is_followed_to_any_host(served: PublicServices) -> None:
    with running_services() as elsewhere:
        for status in (301, 302, 303, 307, 308):
            served.fault = _status(status, Location=elsewhere.address + "/datasets/")
            with pytest.raises(WorkspaceError, match="autre adresse"):
                _ask(headers={"authorization": "Bearer secret"})
        assert elsewhere.received == []


def test_a_service_that_hangs_is_left(served: PublicServices, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    served.fault = hang
    monkeypatch.setattr(asking, "SECONDS", 0.3)
    started = time.monotonic()
    with pytest.raises(WorkspaceError, match="pas de réponse"):
        _ask()
    assert time.monotonic() - started < 10


def test_a_service_that_drips_is_left_too(served: PublicServices, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(300):
            await response.write(b" ")
            await asyncio.sleep(0.1)
        return response

    served.fault = drip
    monkeypatch.setattr(asking, "SECONDS", 0.5)
    with pytest.raises(WorkspaceError, match="pas de réponse"):
        _ask()


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("egide.workspace.outside.catalogue.address", lambda service: "http://127.0.0.1:1")
    with pytest.raises(WorkspaceError, match="connexion"):
        _ask()


def test_the_environment_diverts_nothing(served: PublicServices, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert json.dumps(_ask())
