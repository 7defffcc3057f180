"""Against a real server on the loopback: what a provider may answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
from aiohttp import web

from egide.errors import WorkspaceError
from egide.workspace.providers.probe import list_models

Start = Callable[[Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]], Coroutine[Any, Any, str]]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    runners: list[web.AppRunner] = []

    async def started(handler: Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse]]) -> str:
        app = web.Application()
        app.router.add_get("/{path:.*}", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield started
    for runner in runners:
        await runner.cleanup()


async def test_an_openai_service_tells_its_models(start: Start) -> None:
    async def models(request: web.Request) -> web.Response:
        assert request.path == "/v1/models"
        assert request.headers["authorization"] == "Bearer la-cle"
        return web.json_response({"data": [{"id": "petit"}, {"id": "grand"}]})

    url = await start(models)
    assert await list_models("Essai", "openai", f"{url}/v1", "la-cle") == ("grand", "petit")


async def test_an_anthropic_service_tells_its_models(start: Start) -> None:
    async def models(request: web.Request) -> web.Response:
        assert request.path == "/v1/models"
        assert request.headers["x-api-key"] == "la-cle"
        assert "authorization" not in request.headers
        return web.json_response({"data": [{"id": "claude"}]})

    url = await start(models)
    assert await list_models("Essai", "anthropic", url, "la-cle") == ("claude",)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (401, "{}", "refuse la clé"),
        (404, "", "n'y existe pas"),
        (500, "", "erreur (500)"),
        (200, "<html>", "pas une liste"),
        (200, '{"data": 3}', "pas une liste"),
        (200, "[]", "pas une liste"),
    ],
)
async def test_anything_else_is_told_in_french(status: int, body: str, reason: str, start: Start) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    with pytest.raises(WorkspaceError, match="EG-6010") as refused:
        await list_models("Essai", "openai", await start(answer), "la-cle")
    assert reason in str(refused.value)
    assert "la-cle" not in str(refused.value)


async def test_a_redirection_is_not_followed_with_the_key(start: Start) -> None:
    seen: list[str] = []

    async def thief(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.json_response({"data": []})

    target = await start(thief)

    async def redirect(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{target}/models")

    with pytest.raises(WorkspaceError, match="302"):
        await list_models("Essai", "openai", await start(redirect), "la-cle")
    assert seen == []


async def test_nobody_there(start: Start) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(WorkspaceError, match="connexion impossible"):
        await list_models("Essai", "openai", f"http://127.0.0.1:{port}", None)
