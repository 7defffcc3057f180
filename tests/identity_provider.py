"""A loopback OpenID provider: discovery, keys, authorisation, token, UserInfo, and any fault."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import http.client
import json
import secrets
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "egide-essai", "secret-du-client-0123456789abcdef"
PERSON = {
    "sub": "sujet-1",
    "email": "julie@entreprise.example",
    "email_verified": True,
    "name": "Julie Petit",
}

Claims = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key(name).public_key()))
    return told | {"kid": name, "use": "sig", "alg": "RS256"}


def signed(claims: Claims, name: str = "one") -> str:
    return jwt.encode(claims, key(name), algorithm="RS256", headers={"kid": name})


@dataclass
class IdentityProvider:
    """``person`` is whoever is signed in there. ``alter`` changes the claims, ``sign`` makes the token."""

    address: str = ""
    person: Claims = field(default_factory=lambda: dict(PERSON))
    alter: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] = signed
    document: Claims = field(default_factory=dict)
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_jwk("one")])
    faults: dict[str, Handler] = field(default_factory=dict)
    only_in_userinfo: tuple[str, ...] = ()
    userinfo: Claims = field(default_factory=dict)
    checks_pkce: bool = True
    received: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    people: dict[str, Claims] = field(default_factory=dict)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.received.append(f"{request.method} {request.path}")
        if fault := self.faults.get(request.path):
            return await fault(request)
        match request.method, request.path:
            case "GET", "/.well-known/openid-configuration":
                return web.json_response(self.announced())
            case "GET", "/keys":
                return web.json_response({"keys": self.keys})
            case "GET", "/authorize":
                return self._authorize(dict(request.query))
            case "POST", "/token":
                return self._token(request, dict(parse_qsl(await request.text())))
            case "GET", "/userinfo":
                person = self.people.get(request.headers.get("authorization", "").removeprefix("Bearer "))
                return web.json_response(
                    {**person, **self.userinfo} if person else {}, status=200 if person else 401
                )
        return web.json_response({"error": "not_found"}, status=404)

    def announced(self) -> Claims:
        """The discovery document."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
        } | self.document

    def _authorize(self, query: dict[str, str]) -> web.Response:
        self.asked.append(query)
        code = secrets.token_urlsafe(16)
        self.codes[code] = query | {"person": json.dumps(self.person)}
        back = urlencode({"code": code, "state": query["state"]})
        raise web.HTTPFound(f"{query['redirect_uri']}?{back}")

    def _token(self, request: web.Request, form: dict[str, str]) -> web.Response:
        told = request.headers.get("authorization", "").removeprefix("Basic ")
        known = base64.b64decode(told).decode() == f"{CLIENT_ID}:{CLIENT_SECRET}"
        asked = self.codes.pop(form.get("code", ""), None)
        if not known or asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return web.json_response({"error": "invalid_grant", "sent": form}, status=400)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if self.checks_pkce and _b64(digest) != asked.get("code_challenge"):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now, person = int(time.time()), json.loads(asked["person"])
        token = secrets.token_urlsafe(16)
        self.people[token] = person
        claims = {
            "iss": self.address,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            **{name: value for name, value in person.items() if name not in self.only_in_userinfo},
        }
        return web.json_response(
            {"access_token": token, "token_type": "Bearer", "id_token": self.sign(self.alter(claims))}
        )


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def running_provider(tls: ssl.SSLContext | None = None) -> Iterator[IdentityProvider]:
    """The provider, on an event loop of its own, in a thread."""
    loop, served = asyncio.new_event_loop(), IdentityProvider()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(served, tls), loop).result(10)
    yield served
    asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def _start(served: IdentityProvider, tls: ssl.SSLContext | None) -> web.AppRunner:
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    host, port = runner.addresses[0][:2]
    served.address = f"{'https' if tls else 'http'}://{host}:{port}"
    return runner


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def authorised(address: str) -> str:
    """What the browser of a person who is signed in at the provider is sent back to: path and query."""
    parts = urlsplit(address)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    response = connection.getresponse()
    back = urlsplit(response.headers["location"])
    connection.close()
    return f"{back.path}?{back.query}"
