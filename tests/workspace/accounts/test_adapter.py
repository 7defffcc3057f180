"""Two-factor authentication: switched on, asked for, its secret sealed in the database."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.test import Client

from egide.workspace.accounts import links
from egide.workspace.accounts.models import User

PASSWORD = "quatre lampes vertes"
URL = "/compte/double-authentification/"


def _code(secret: str) -> str:
    return f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"


def _switch_on(user: User) -> str:
    client = Client()
    client.post("/connexion/", {"login": user.email, "password": PASSWORD})
    asked = client.get(f"{URL}totp/activate/")
    assert asked.url.startswith("/compte/confirmer/"), "a stolen open session could switch it on"
    client.post(asked.url, {"password": PASSWORD})
    assert client.get(f"{URL}totp/activate/").status_code == 200
    secret: str = client.session["mfa.totp.secret"]
    response = client.post(f"{URL}totp/activate/", {"code": _code(secret)})
    assert response.status_code == 302, response.content.decode()
    assert client.get(f"{URL}recovery-codes/").status_code == 200
    return secret


def test_the_second_factor_is_asked_and_its_secret_is_sealed(person: Callable[..., User]) -> None:
    user = person()
    secret = _switch_on(user)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))

    client = Client()
    response = client.post("/connexion/", {"login": user.email, "password": PASSWORD})
    assert response.url.startswith(f"{URL}authenticate/")
    assert client.get("/assistant/").status_code == 302
    page = client.get(f"{URL}authenticate/").content.decode()
    assert "Se connecter" in page or "Connexion" in page


def test_a_one_time_link_does_not_bypass_it(person: Callable[..., User]) -> None:
    user = person()
    _switch_on(user)
    client = Client()
    response = client.post(f"/lien/{links.issue(user)}/", {"password": "cinq lampes jaunes"})
    assert response.url.startswith(f"{URL}authenticate/")
    assert client.get("/assistant/").status_code == 302
