"""A loopback OpenID provider, the settings that point to it, and a browser that signs in through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    PERSON,
    IdentityProvider,
    authorised,
    running_provider,
)

from egide.workspace.sso import metadata, services
from egide.workspace.sso.models import SingleSignOn

START, BACK = "/connexion-entreprise/entrer/", "/connexion-entreprise/retour/"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with running_provider() as served:
        yield served


@pytest.fixture
def write(db: None, provider: IdentityProvider) -> Iterator[Callable[..., SingleSignOn]]:
    """Writes settings, open unless told otherwise."""

    def save(**told: object) -> SingleSignOn:
        given = {
            "is_on": True,
            "label": "Compte maison",
            "issuer": provider.address,
            "client_id": CLIENT_ID,
            "domains": ["entreprise.example"],
        }
        one = services.setting()
        for name, value in (given | told).items():
            setattr(one, name, value)
        services.set_secret(one, CLIENT_SECRET)
        services.save(one, None)
        return one

    metadata.forget()
    yield save
    metadata.forget()


@pytest.fixture
def setting(write: Callable[..., SingleSignOn]) -> SingleSignOn:
    return write()


def leave(client: Client, **form: str) -> str:
    """The address of the provider that the browser is led to."""
    response = client.post(START, form)
    assert response.status_code == 200, response.content.decode()
    return str(response["Refresh"]).removeprefix("0;url=")


def sign_in(client: Client, **form: str) -> HttpResponse:
    """The whole way, with whoever is signed in at the provider."""
    response: HttpResponse = client.get(authorised(leave(client, **form)))
    return response


def is_in(client: Client) -> bool:
    return bool(client.get("/accueil/").status_code == 200)


def refused(response: HttpResponse, code: str, client: Client) -> str:
    """The page of the refusal, which names nobody."""
    page = response.content.decode()
    assert (response.status_code, code in page) == (403, True), page
    assert PERSON["email"] not in page
    assert "_auth_user_id" not in client.session
    return page
