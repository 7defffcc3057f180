"""Proxies that the administrator named: what they say of the client is believed, and nobody else's word."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from egide.ports import PEER


class NamedProxies:
    """Gives ``X-Forwarded-For`` and ``X-Forwarded-Proto`` of these proxies as the request's own, and keeps
    the address of the socket beside (``ports.PEER``)."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._believing = ProxyHeadersMiddleware(app, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        peer = (scope.get("client") or ("",))[0]
        said = any(name == b"x-forwarded-for" for name, _ in scope["headers"])
        if said and peer in self._believing.trusted_hosts:
            scope[PEER] = peer
        await self._believing(scope, receive, send)  # type: ignore[arg-type]
