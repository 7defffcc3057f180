"""Against a real server on the loopback: what a provider may answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any, Literal

import pytest
from aiohttp import web
from tests.gateway.networking import authority, proxying, serving

from egide.errors import WorkspaceError
from egide.policy import Network, Provider, Trust
from egide.workspace.providers.probe import Found, examine

Handler = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]
Start = Callable[[Handler], Coroutine[Any, Any, str]]
KEY = "la-cle"


def provider(
    base_url: str,
    kind: Literal["openai", "anthropic"] = "openai",
    *models: str,
    key: str | None = KEY,
    **network: Any,
) -> Provider:
    return Provider("essai", "Essai", kind, base_url, Trust.PUBLIC, models, key, Network(**network))


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    runners: list[web.AppRunner] = []

    async def started(handler: Handler) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", handler)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield started
    for runner in runners:
        await runner.cleanup()


async def failing(wanted: Provider) -> str:
    with pytest.raises(WorkspaceError, match="EG-6010") as refused:
        await examine(wanted)
    told = str(refused.value)
    assert KEY not in told
    assert "moi" not in told
    assert "Aucune donnée de l'entreprise n'a été envoyée" in told
    return told


async def test_an_openai_service_tells_its_models(start: Start) -> None:
    async def models(request: web.Request) -> web.Response:
        assert (request.method, request.path) == ("GET", "/v1/models")
        assert request.headers["authorization"] == "Bearer la-cle"
        return web.json_response({"data": [{"id": "petit"}, {"id": "grand"}]})

    url = await start(models)
    assert await examine(provider(f"{url}/v1")) == Found(("grand", "petit"))


async def test_an_anthropic_service_tells_its_models(start: Start) -> None:
    async def models(request: web.Request) -> web.Response:
        assert request.path == "/v1/models"
        assert request.headers["x-api-key"] == "la-cle"
        assert "authorization" not in request.headers
        return web.json_response({"data": [{"id": "claude"}]})

    assert await examine(provider(await start(models), "anthropic")) == Found(("claude",))


async def test_an_azure_service_is_asked_for_one_word(start: Start) -> None:
    async def deployment(request: web.Request) -> web.Response:
        assert request.path == "/openai/deployments/mon-grand/chat/completions"
        assert request.query == {"api-version": "2024-10-21"}
        assert request.headers["api-key"] == KEY
        assert "authorization" not in request.headers
        return web.json_response({"choices": [{"message": {"content": "OK"}}]})

    azure = {"auth": "api-key", "deployments": True, "api_version": "2024-10-21"}
    found = await examine(provider(await start(deployment), "openai", "mon-grand", **azure))
    assert found == Found(answered="mon-grand")


async def test_an_azure_service_without_a_named_deployment_proves_its_address_and_key(start: Start) -> None:
    async def models(request: web.Request) -> web.Response:
        assert (request.path, request.query_string) == ("/openai/models", "api-version=2024-10-21")
        return web.json_response({"data": [{"id": "ce-qui-pourrait-être-déployé"}]})

    azure = {"auth": "api-key", "deployments": True, "api_version": "2024-10-21"}
    assert await examine(provider(await start(models), **azure)) == Found()


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_a_service_without_a_list_is_asked_for_one_word(start: Start, kind: Any) -> None:
    async def only_chat(request: web.Request) -> web.Response:
        if request.method == "GET":
            return web.Response(status=404)
        assert (await request.json())["model"] == "petit"
        return web.json_response({"choices": [{}], "content": [{}]})

    assert await examine(provider(await start(only_chat), kind, "petit")) == Found(answered="petit")


async def test_a_model_that_the_service_does_not_know_is_told(start: Start) -> None:
    async def nothing(request: web.Request) -> web.Response:
        return web.Response(status=404)

    told = await failing(provider(await start(nothing), "openai", "petit"))
    assert "ne connaît pas le modèle « petit »" in told


@pytest.mark.parametrize(
    ("status", "body", "reason", "advice"),
    [
        (401, "{}", "refuse la clé", "Recopiez la clé"),
        (403, "{}", "refuse la clé", "Recopiez la clé"),
        (404, "", "n'y existe pas", "la fin de l'adresse"),
        (407, "", "le proxy ne laisse pas passer", "mot de passe"),
        (418, "", "erreur (418)", "type de service"),
        (429, "", "trop de demandes", "quota"),
        (500, "", "erreur (500)", "Réessayez"),
        (200, "<html>", "pas une liste", "type de service"),
        (200, '{"data": 3}', "pas une liste", "type de service"),
        (200, "[]", "pas une liste", "type de service"),
    ],
)
async def test_anything_else_is_told_in_french(
    status: int, body: str, reason: str, advice: str, start: Start
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    told = await failing(provider(await start(answer)))
    assert reason in told
    assert advice in told


async def test_a_redirection_is_not_followed_with_the_key(start: Start) -> None:
    seen: list[str] = []

    async def thief(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.json_response({"data": []})

    target = await start(thief)

    async def redirect(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{target}/models")

    told = await failing(provider(await start(redirect)))
    assert "302" in told
    assert "écrivez celle-là" in told
    assert seen == []


async def test_nobody_there() -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    told = await failing(provider(f"http://127.0.0.1:{port}", key=None))
    assert "connexion impossible" in told
    assert "pare-feu" in told


async def test_a_name_that_does_not_exist() -> None:
    told = await failing(provider("https://service.invalid/v1"))
    assert "ce nom de machine n'existe pas" in told


async def test_a_service_that_hangs(start: Start) -> None:
    async def hang(request: web.Request) -> web.Response:
        await asyncio.Event().wait()
        raise AssertionError

    told = await asyncio.wait_for(failing(provider(await start(hang), read_seconds=0.2)), 10)
    assert "délai dépassé" in told


async def test_a_certificate_of_a_private_authority(tmp_path: Path) -> None:
    house = authority(tmp_path)
    async with serving(house.server) as service:
        told = await failing(provider(service.url))
        assert "certificat n'est pas reconnu" in told
        assert "autorité privée" in told
        assert await examine(provider(service.url, authority=house.pem)) == Found(("petit",))


async def test_a_proxy(tmp_path: Path) -> None:
    house = authority(tmp_path)
    async with serving(house.server) as service, proxying("moi:mot") as proxy:
        way = {"authority": house.pem, "proxy": proxy.url}
        assert "le proxy ne laisse pas passer" in await failing(provider(service.url, **way))
        assert await examine(provider(service.url, **way, proxy_login="moi:mot")) == Found(("petit",))
        assert len(service.requests) == 1
    told = await failing(provider("https://service.invalid/v1", proxy="http://127.0.0.1:1"))
    assert "le proxy ne laisse pas passer" in told
