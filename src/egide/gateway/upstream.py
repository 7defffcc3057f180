"""Calls to providers: one pool of connections, no redirects, no cookies, nothing from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import aiohttp
from yarl import URL

from egide.errors import GatewayError
from egide.policy import Provider
from egide.settings import Settings

_MOST_CONNECTIONS: Final = 1000
_KEPT_SECONDS: Final = 15.0
_COMMON: Final = {
    "content-type": "application/json",
    # Not compressed: a compressed stream is held back by the block, and a small answer could unfold to a
    # huge one.
    "accept-encoding": "identity",
    "user-agent": "egide",
}


class Upstream:
    """The HTTP client of the gateway. ``start`` and ``stop`` in the event loop that uses it."""

    def __init__(self, settings: Settings) -> None:
        self._timeout = aiohttp.ClientTimeout(
            total=None,
            connect=settings.upstream_connect_seconds,
            sock_connect=settings.upstream_connect_seconds,
            sock_read=settings.upstream_read_seconds,
        )
        self._session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Open the pool; connections are made when needed."""
        connector = aiohttp.TCPConnector(
            limit=_MOST_CONNECTIONS, keepalive_timeout=_KEPT_SECONDS, ttl_dns_cache=60
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=self._timeout,
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
        self, provider: Provider, url: str, headers: Mapping[str, str], body: bytes
    ) -> aiohttp.ClientResponse:
        """The answer's head; its body is read by the caller, who closes it. Raises GatewayError EG-4008."""
        if self._session is None:
            raise GatewayError("EG-4008", provider=provider.name)
        try:
            return await self._session.post(
                _url(url), data=body, headers={**_COMMON, **headers}, allow_redirects=False
            )
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            # Not chained: the reason may repeat an address with its credentials.
            raise GatewayError("EG-4008", provider=provider.name) from None


@lru_cache(maxsize=256)
def _url(url: str) -> URL:
    return URL(url)
