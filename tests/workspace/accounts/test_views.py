from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from egide.policy import Role
from egide.workspace.accounts import links, services
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company

PASSWORD = "quatre lampes vertes"
FIRST = {
    "company": "Atelier Essai",
    "name": " Ada Morel ",
    "email": "Chef@essai.example",
    "password": PASSWORD,
}


# Before the Assistant, what is recorded of whoever uses it.
TOLD = "/information/lire/?suite=%2Fassistant%2F"


def _first() -> str:
    link = services.first_link("http://testserver")
    assert link is not None
    return urlsplit(link).path


def test_the_first_person_becomes_administrator_and_is_told_what_is_recorded(db: None) -> None:
    client, link = Client(), _first()
    assert client.get(link).status_code == 200
    response = client.post(link, FIRST, follow=True)
    assert response.redirect_chain[-1][0] == "/information/lire/?suite=%2Fbienvenue%2F"
    user = User.objects.get()
    assert (user.email, user.role, user.name) == ("chef@essai.example", Role.ADMIN, "Ada Morel")
    assert user.password.startswith("argon2")
    assert company.current().name == "Atelier Essai"


def test_a_link_shows_nothing_the_second_time(db: None) -> None:
    link = _first()
    assert Client().post(link, FIRST).status_code == 302
    for response in (Client().get(link), Client().post(link, {**FIRST, "email": "intrus@essai.example"})):
        assert response.status_code == 410
        assert "ne marche plus" in response.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"password": "court"}, {"password": "123456789012345"}, {"email": "x"}])
def test_a_refused_answer_keeps_the_link(wrong: dict[str, str], db: None) -> None:
    link = _first()
    assert Client().post(link, {**FIRST, **wrong}).status_code == 200
    assert not User.objects.exists()
    assert Client().post(link, FIRST).status_code == 302


def test_an_expired_link_is_refused(person: Callable[..., User]) -> None:
    secret = links.issue(person(), lifetime=timedelta(0))
    assert Client().get(f"/lien/{secret}/").status_code == 410


def test_an_invited_person_chooses_a_password_then_logs_in_with_it(db: None) -> None:
    link = services.add_user("julie@essai.example", "collaborator", "http://testserver")
    assert Client().post(urlsplit(link).path, {"password": PASSWORD}).status_code == 302
    client = Client()
    response = client.post("/connexion/", {"login": "JULIE@essai.example", "password": PASSWORD})
    assert response.status_code == 302
    assert client.get("/assistant/").headers["location"] == TOLD
    assert client.post("/deconnexion/").status_code == 302
    assert client.get("/assistant/").headers["location"].startswith("/connexion/")


def test_a_wrong_password_and_an_unknown_address_say_the_same(person: Callable[..., User]) -> None:
    user = person()
    user.set_password(PASSWORD)
    user.save()
    told = []
    for email in (user.email, "inconnu@entreprise.example"):
        response = Client().post("/connexion/", {"login": email, "password": "mauvais mot de passe"})
        told.append(re.findall(r'role="alert">(.*?)</div>', response.content.decode()))
    assert told[0] == told[1] != []


def test_guessing_a_password_is_stopped(person: Callable[..., User]) -> None:
    user = person()
    user.set_password(PASSWORD)
    user.save()
    for _ in range(6):
        Client().post("/connexion/", {"login": user.email, "password": "essai au hasard"})
    client = Client()
    client.post("/connexion/", {"login": user.email, "password": PASSWORD})
    assert client.get("/assistant/").status_code == 302


def test_a_deactivated_person_is_out_at_once(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    assert client.get("/journal/").status_code == 200
    services.set_active(User.objects.get(), False)
    assert client.get("/journal/").status_code == 302


def test_nobody_signs_up_alone(db: None) -> None:
    response = Client().post("/compte/nouveau-lien/", {"email": "x@essai.example", "password1": PASSWORD})
    assert response.status_code == 405
    assert not User.objects.exists()
