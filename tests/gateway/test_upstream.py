from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from tests.gateway.networking import authority, proxying, serving

from egide.errors import GatewayError
from egide.gateway.loopback import Loopback
from egide.gateway.upstream import Upstream
from egide.policy import Network, Provider, Trust
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


def reached(network: Network) -> Provider:
    return replace(PROVIDER, network=network)


async def test_a_private_authority_is_trusted_for_its_provider_only(
    upstream: Upstream, tmp_path: Path
) -> None:
    house = authority(tmp_path)
    async with serving(house.server) as service:
        trusting = reached(Network(authority=house.pem))
        (await upstream.post(trusting, f"{service.url}/v1/x", {}, b"{}")).release()
        assert len(service.requests) == 1
        with pytest.raises(GatewayError) as refused:
            await upstream.post(PROVIDER, f"{service.url}/v1/x", {}, b"{}")
        assert refused.value.code == "EG-4032"
        assert len(service.requests) == 1


async def test_with_a_private_authority_no_other_is_trusted(upstream: Upstream, tmp_path: Path) -> None:
    house, elsewhere = authority(tmp_path), authority(tmp_path)
    async with serving(house.server) as service:
        with pytest.raises(GatewayError) as refused:
            await upstream.post(reached(Network(authority=elsewhere.pem)), service.url, {}, b"{}")
    assert refused.value.code == "EG-4032"


async def test_what_is_no_certificate_lets_nothing_through(upstream: Upstream, tmp_path: Path) -> None:
    async with serving() as service:
        with pytest.raises(GatewayError):
            await upstream.post(reached(Network(authority="rien")), service.url, {}, b"{}")
    assert not service.requests


async def test_a_provider_is_reached_through_its_proxy(upstream: Upstream, tmp_path: Path) -> None:
    house = authority(tmp_path)
    async with serving(house.server) as service, proxying("moi:mot:de passe é") as proxy:
        network = Network(authority=house.pem, proxy=proxy.url, proxy_login="moi:mot:de passe é")
        (await upstream.post(reached(network), f"{service.url}/v1/x", {"api-key": "k"}, b"{}")).release()
        assert proxy.asked == [f"CONNECT {service.url.removeprefix('https://')} HTTP/1.1"]
        assert service.requests[0].headers["api-key"] == "k"
        assert "proxy-authorization" not in service.requests[0].headers


@pytest.mark.parametrize("login", [None, "moi:autre"])
async def test_a_proxy_that_refuses_is_told(upstream: Upstream, tmp_path: Path, login: str | None) -> None:
    house = authority(tmp_path)
    async with serving(house.server) as service, proxying("moi:mot") as proxy:
        network = Network(authority=house.pem, proxy=proxy.url, proxy_login=login)
        with pytest.raises(GatewayError) as refused:
            await upstream.post(reached(network), service.url, {}, b"{}")
    assert refused.value.code == "EG-4033"
    assert "moi" not in str(refused.value)


async def test_without_its_proxy_a_provider_is_not_reached_otherwise(
    upstream: Upstream, seen: tuple[str, list[web.Request]]
) -> None:
    url, requests = seen
    with pytest.raises(GatewayError) as refused:
        await upstream.post(reached(Network(proxy="http://127.0.0.1:1")), url, {}, b"{}")
    assert refused.value.code == "EG-4033"
    assert not requests


async def test_a_provider_has_its_own_patience(upstream: Upstream) -> None:
    async with Loopback() as slow:
        slow.fault = "hang"
        body = b'{"model": "x", "messages": []}'
        impatient = reached(Network(read_seconds=0.1))
        with pytest.raises(GatewayError) as given_up:
            await asyncio.wait_for(
                upstream.post(impatient, f"{slow.openai_url}/chat/completions", {}, body), 10
            )
    assert given_up.value.code == "EG-4008"


async def test_a_service_in_clear_is_reached_through_its_proxy_too(upstream: Upstream) -> None:
    async with serving() as proxy:  # a proxy is asked for the whole address, as any server is
        network = Network(proxy=proxy.url, proxy_login="moi:mot")
        (await upstream.post(reached(network), "http://ia.lan/v1/x", {"api-key": "k"}, b"{}")).release()
        (request,) = proxy.requests
    assert (request.path, request.headers["host"]) == ("/v1/x", "ia.lan")
    assert request.headers["proxy-authorization"] == "Basic bW9pOm1vdA=="
    assert "authorization" not in request.headers
