"""Calls to providers: one pool of connections, no redirects, no cookies, nothing from the environment."""

from __future__ import annotations

import base64
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

import aiohttp
from yarl import URL

from egide.gateway.trying import NoAnswerError, no_answer
from egide.policy import Network, Provider
from egide.policy.network import context_of
from egide.settings import Settings

_MOST_CONNECTIONS: Final = 1000
_AT_ONCE: Final = 2**20
_PIECE: Final = 2**18
_KEPT_SECONDS: Final = 15.0
_MOST_WAYS: Final = 256
_COMMON: Final = {
    # Not compressed: a compressed stream is held back by the block, and a small answer could unfold to a
    # huge one.
    "accept-encoding": "identity",
    "user-agent": "egide",
}


class Pieces(Protocol):
    """A body too large for the memory."""

    def pieces(self) -> AsyncIterator[bytes]:
        """All of it, from its beginning."""

    def __len__(self) -> int: ...


Body = bytes | Pieces


class Upstream:
    """The HTTP client of the gateway. ``start`` and ``stop`` in the event loop that uses it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._reaches: dict[Network, dict[str, Any]] = {}
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the pool; connections are made when needed."""
        connector = aiohttp.TCPConnector(
            limit=_MOST_CONNECTIONS, keepalive_timeout=_KEPT_SECONDS, ttl_dns_cache=60
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=True,
        )

    async def stop(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(
        self, provider: Provider, url: str, headers: Mapping[str, str], body: Body
    ) -> aiohttp.ClientResponse:
        """See ``call``."""
        return await self.call("POST", provider, url, headers, body)

    async def call(
        self, method: str, provider: Provider, url: str, headers: Mapping[str, str], body: Body = b""
    ) -> aiohttp.ClientResponse:
        """The answer's head; its body is read by the caller, who closes it.

        Raises NoAnswerError EG-4008 (it does not answer), EG-4032 (its certificate) or EG-4033 (the proxy).
        """
        if self._session is None:
            raise NoAnswerError("EG-4008", provider.name, unsent=False)
        try:
            return await self._session.request(
                method,
                _url(url),
                data=_data(body),
                headers={**_COMMON, **headers, "content-length": str(len(body))},
                allow_redirects=False,
                **self._reach(provider.network),
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as failure:
            # Not chained: the reason may repeat an address with its credentials.
            raise no_answer(failure, provider.name) from None

    def _reach(self, network: Network) -> dict[str, Any]:
        reach = self._reaches.get(network)
        if reach is None:
            if len(self._reaches) >= _MOST_WAYS:
                self._reaches.clear()
            reach = self._reaches[network] = _reach(network, self._settings)
        return reach


def _data(body: Body) -> bytes | AsyncIterator[bytes]:
    if not isinstance(body, bytes):
        return body.pieces()
    return body if len(body) <= _AT_ONCE else _pieces(body)


async def _pieces(body: bytes) -> AsyncGenerator[bytes]:
    """A long body in pieces: the event loop is not held while it is sent."""
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


def _reach(network: Network, settings: Settings) -> dict[str, Any]:
    """What the client must know to reach a provider: times, proxy, certificates."""
    connect = network.connect_seconds or settings.upstream_connect_seconds
    read = network.read_seconds or settings.upstream_read_seconds
    reach: dict[str, Any] = {
        "timeout": aiohttp.ClientTimeout(total=None, connect=connect, sock_connect=connect, sock_read=read)
    }
    if network.proxy:
        reach["proxy"] = network.proxy
        if network.proxy_login:
            login = base64.b64encode(network.proxy_login.encode()).decode()
            # The client turns it into the header that proxies read, and shows it to nobody else.
            reach["proxy_headers"] = {"authorization": f"Basic {login}"}
    if network.authority:
        reach["ssl"] = context_of(network.authority)
    return reach


@lru_cache(maxsize=256)
def _url(url: str) -> URL:
    return URL(url)
