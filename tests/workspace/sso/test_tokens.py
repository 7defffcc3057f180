"""Hostile tokens and answers, over a socket: each is refused, for its own reason."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from django.test import Client
from tests.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    PERSON,
    Claims,
    IdentityProvider,
    authorised,
    key,
    public_jwk,
    signed,
)
from tests.workspace.sso.conftest import BACK, leave, sign_in

from egide.workspace.accounts.models import User
from egide.workspace.sso import fetching, metadata
from egide.workspace.sso.models import SingleSignOn

EMAIL = PERSON["email"]
_HOUR = 3600


@pytest.fixture
def julie(person: Callable[..., User], setting: SingleSignOn) -> User:
    return person(email=EMAIL)


def _without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def _with(**told: object) -> Callable[[Claims], Claims]:
    return lambda claims: claims | told


ALTERED = {
    "wrong nonce": (_with(nonce="autre"), "répond à une autre demande"),
    "no nonce": (_without("nonce"), "incomplet"),
    "empty nonce": (_with(nonce=""), "répond à une autre demande"),
    "nonce that is no text": (_with(nonce=7), "répond à une autre demande"),
    "nonce outside ASCII": (_with(nonce="é" * 43), "répond à une autre demande"),
    "other audience": (_with(aud="autre-application"), "autre application"),
    "no audience": (_without("aud"), "incomplet"),
    "several audiences, asked by nobody": (_with(aud=[CLIENT_ID, "autre"]), "autre application"),
    "several audiences, asked by another": (
        _with(aud=[CLIENT_ID, "autre"], azp="autre"),
        "autre application",
    ),
    "asked by another": (_with(azp="autre"), "autre application"),
    "expired": (lambda claims: claims | {"exp": int(time.time()) - 120}, "périmé"),
    "no expiry": (_without("exp"), "incomplet"),
    "from the future": (lambda claims: claims | {"iat": int(time.time()) + _HOUR}, "futur"),
    "other issuer": (_with(iss="https://autre.example"), "autre émetteur"),
    "issuer with a slash more": (lambda claims: claims | {"iss": claims["iss"] + "/"}, "autre émetteur"),
    "no issuer": (_without("iss"), "incomplet"),
    "no subject": (_without("sub"), "incomplet"),
    "empty subject": (_with(sub=""), "ne nomme personne"),
    "endless subject": (_with(sub="x" * 191), "ne nomme personne"),
    "subject that is no text": (_with(sub=["sujet-1"]), "incomplet"),
}


@pytest.mark.parametrize("name", ALTERED)
def test_a_wrong_claim_is_refused(name: str, julie: User, provider: IdentityProvider) -> None:
    provider.alter, told = ALTERED[name]
    client = Client()
    page = sign_in(client).content.decode()
    assert "EG-6582" in page
    assert told in page
    assert "_auth_user_id" not in client.session


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _public_pem() -> bytes:
    return (
        key("one")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def _hs256_with_public_key(claims: Claims) -> str:
    # By hand: the library refuses to make it.
    head = _encoded(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    body = _encoded(json.dumps(claims).encode())
    made = hmac.new(_public_pem(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    return f"{head}.{body}.{_encoded(made)}"


def _none(claims: Claims) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})


def _stripped(claims: Claims) -> str:
    return signed(claims).rpartition(".")[0] + "."


def _tampered(claims: Claims) -> str:
    head, _, mark = signed(claims).split(".")
    body = _encoded(json.dumps(claims | {"sub": "sujet-9"}).encode())
    return f"{head}.{body}.{mark}"


def _its_own_key(claims: Claims) -> str:
    return jwt.encode(
        claims, key("mechant"), algorithm="RS256",
        headers={"kid": "one", "jwk": public_jwk("mechant"), "jku": "http://127.0.0.1:1/cles"},
    )  # fmt: skip


SIGNED: dict[str, tuple[Callable[[Claims], Any], str]] = {
    "alg none": (_none, "clé privée"),
    "HS256 with the public key": (_hs256_with_public_key, "clé privée"),
    "HS256 with the client secret": (
        lambda claims: jwt.encode(claims, CLIENT_SECRET, algorithm="HS256"),
        "clé privée",
    ),
    "signature taken off": (_stripped, "signature"),
    "claims changed after": (_tampered, "signature"),
    "key that nobody publishes": (_its_own_key, "signature"),
    "unknown key": (lambda claims: signed(claims, "inconnue"), "signature"),
    "another algorithm than the key's": (
        lambda claims: jwt.encode(claims, key("one"), algorithm="RS512", headers={"kid": "one"}),
        "signature",
    ),
    "name of the key that is no text": (lambda claims: "eyJhbGciOiJSUzI1NiIsImtpZCI6N30.e30.AA", "lisible"),
    "header that never ends": (lambda claims: f"{_encoded(b'[' * 60_000)}.e30.AA", "lisible"),
    "no token": (lambda claims: None, "pas donné"),
    "not a text": (lambda claims: {"a": 1}, "pas donné"),
    "rubbish": (lambda claims: "...", "lisible"),
    "endless": (lambda claims: "x" * 200_000, "pas donné"),
}


@pytest.mark.parametrize("name", SIGNED)
def test_a_wrong_signature_is_refused(name: str, julie: User, provider: IdentityProvider) -> None:
    provider.sign, told = SIGNED[name]
    client = Client()
    page = sign_in(client).content.decode()
    assert "EG-6582" in page
    assert told in page
    assert "_auth_user_id" not in client.session


def test_a_secret_among_the_published_keys_signs_nothing(julie: User, provider: IdentityProvider) -> None:
    shared = {"kty": "oct", "kid": "partagée", "k": _encoded(b"k" * 32), "alg": "HS256"}
    provider.keys.append(shared)
    provider.sign = lambda claims: jwt.encode(
        claims, b"k" * 32, algorithm="HS256", headers={"kid": "partagée"}
    )
    assert "EG-6582" in sign_in(Client()).content.decode()


def test_a_key_that_was_changed_is_read_again_but_not_at_will(
    julie: User, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sign_in(Client()).status_code == 302
    provider.keys, provider.sign = [public_jwk("two")], lambda claims: signed(claims, "two")
    provider.received.clear()
    for _ in range(3):
        assert sign_in(Client()).status_code == 403
    assert "GET /keys" not in provider.received
    monkeypatch.setattr(metadata, "PAUSE", 0.0)
    assert sign_in(Client()).status_code == 302
    assert provider.received.count("GET /keys") == 1


def test_tokens_without_the_name_of_a_key_are_tried_with_each(
    julie: User, provider: IdentityProvider
) -> None:
    provider.keys = [public_jwk("two"), public_jwk("one")]
    provider.sign = lambda claims: jwt.encode(claims, key("one"), algorithm="RS256")
    assert sign_in(Client()).status_code == 302


async def _hang(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    raise AssertionError


async def _drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(300):
        await response.write(b" ")
        await asyncio.sleep(0.1)
    return response


async def _flood(request: web.Request) -> web.StreamResponse:
    """A thousand million bytes, if the other side takes them."""
    response = web.StreamResponse(headers={"content-type": "application/json"})
    await response.prepare(request)
    for _ in range(1000):
        await response.write(b"[" * 1_000_000)
    return response


async def _html(request: web.Request) -> web.StreamResponse:
    return web.Response(text="<html>julie@entreprise.example</html>", content_type="text/html")


async def _list(request: web.Request) -> web.StreamResponse:
    return web.json_response(["julie@entreprise.example"])


async def _deep(request: web.Request) -> web.StreamResponse:
    return web.Response(text="[" * 400_000, content_type="application/json")


async def _away(request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://127.0.0.1:1/")


async def _down(request: web.Request) -> web.StreamResponse:
    return web.Response(status=503, text="julie@entreprise.example")


FAULTS = {"hang": _hang, "drip": _drip, "flood": _flood, "html": _html, "list": _list, "deep": _deep}
FAULTS |= {"away": _away, "down": _down}


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo", "/.well-known/openid-configuration"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_provider_in_the_wrong_shape_lets_nobody_in(
    fault: str, path: str, julie: User, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    provider.only_in_userinfo = ("email", "email_verified")
    client = Client()
    begun = time.monotonic()
    if path.startswith("/.well"):
        provider.faults[path] = FAULTS[fault]
        metadata.forget()
        response = client.post("/connexion-entreprise/entrer/")
    else:
        way = authorised(leave(client))
        provider.faults[path] = FAULTS[fault]
        response = client.get(way)
    page = response.content.decode()
    assert response.status_code == 403
    assert "EG-6581" in page or "EG-6582" in page
    assert "_auth_user_id" not in client.session
    assert EMAIL not in page
    assert time.monotonic() - begun < 15


@pytest.mark.parametrize(
    "told",
    [
        {"access_token": 7, "id_token": "x"},
        {"access_token": "x", "id_token": None},
        {"access_token": "x"},
        {"id_token": "x"},
        {"access_token": "x", "id_token": "x", "expires_in": "bientôt"},
        {},
    ],
)
def test_a_token_answer_in_the_wrong_shape_lets_nobody_in(
    told: dict[str, object], julie: User, provider: IdentityProvider
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.json_response(told)

    client = Client()
    way = authorised(leave(client))
    provider.faults["/token"] = answer
    response = client.get(way)
    assert response.status_code == 403
    assert "EG-6582" in response.content.decode()


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    julie: User, provider: IdentityProvider, write: Callable[..., SingleSignOn]
) -> None:
    forms: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        forms.append(dict(await request.post()))  # type: ignore[arg-type]
        return web.json_response({"error": "invalid_grant"}, status=400)

    provider.document["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    write()
    client = Client()
    way = authorised(leave(client))
    provider.faults["/token"] = answer
    assert client.get(way).status_code == 403
    (form,) = forms
    assert (form["client_id"], form["client_secret"]) == (CLIENT_ID, CLIENT_SECRET)
    assert len(form["code_verifier"]) >= 43
    assert form["redirect_uri"].endswith(BACK)
