from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from egide.errors import GatewayError
from egide.gateway.upstream import Upstream
from egide.policy import Provider, Trust
from egide.settings import Settings

PROVIDER = Provider("a", "Ailleurs", "openai", "http://127.0.0.1:1/v1", Trust.PUBLIC)


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    upstream = Upstream(Settings())
    await upstream.start()
    yield upstream
    await upstream.stop()


@pytest.fixture
async def seen() -> AsyncIterator[tuple[str, list[web.Request]]]:
    """A service that redirects and sets a cookie, and the requests that it got."""
    requests: list[web.Request] = []

    async def handle(request: web.Request) -> web.Response:
        requests.append(request)
        return web.Response(status=307, headers={"location": "/elsewhere", "set-cookie": "s=1"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}", requests
    await runner.cleanup()


async def test_a_redirect_is_not_followed_and_a_cookie_not_kept(
    upstream: Upstream, seen: tuple[str, list[web.Request]]
) -> None:
    url, requests = seen
    for _ in range(2):
        answer = await upstream.post(PROVIDER, f"{url}/v1/x", {"authorization": "Bearer k"}, b"{}")
        assert answer.status == 307
        answer.release()
    assert [request.path for request in requests] == ["/v1/x", "/v1/x"]
    assert not [request for request in requests if "cookie" in request.headers]


async def test_nothing_is_taken_from_the_environment(
    upstream: Upstream, seen: tuple[str, list[web.Request]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, requests = seen
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    (await upstream.post(PROVIDER, f"{url}/v1/x", {}, b"{}")).release()
    assert len(requests) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/v1", "http://", "pas une adresse", "ftp://127.0.0.1/x"])
async def test_a_provider_that_cannot_be_reached(upstream: Upstream, url: str) -> None:
    with pytest.raises(GatewayError) as failed:
        await upstream.post(PROVIDER, url, {}, b"{}")
    assert failed.value.code == "EG-4008"
    assert failed.value.__cause__ is None


async def test_before_the_start_nothing_leaves() -> None:
    with pytest.raises(GatewayError):
        await Upstream(Settings()).post(PROVIDER, "http://127.0.0.1:1/", {}, b"")
