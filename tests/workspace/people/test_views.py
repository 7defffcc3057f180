from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client

from egide.policy import Role
from egide.workspace.accounts.models import User


def _link(page: str) -> str:
    found = re.search(r'value="(http[^"]+/lien/[^"]+)"', page)
    assert found is not None
    return urlsplit(found[1]).path


def test_an_invited_person_gets_a_link_that_works(browser: Callable[..., Client]) -> None:
    told = {"email": "julie@entreprise.example", "name": "Julie Petit", "role": "collaborator"}
    response = browser(Role.PILOT).post("/personnes/inviter/", told)
    assert "no-store" in response["Cache-Control"]
    guest = Client()
    entered = guest.post(_link(response.content.decode()), {"password": "quatre lampes vertes"})
    assert entered.status_code == 302
    assert "Julie Petit" in guest.get("/assistant/", follow=True).content.decode()


def test_a_known_address_is_refused_beside_its_field(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    told = {"email": "pilot@entreprise.example", "role": "collaborator"}
    page = client.post("/personnes/inviter/", told).content.decode()
    assert "Une personne a déjà cette adresse" in page
    assert User.objects.count() == 1


@pytest.mark.parametrize("role", ["pilot", "admin"])
def test_a_pilot_cannot_make_pilots(role: str, browser: Callable[..., Client]) -> None:
    browser(Role.PILOT).post("/personnes/inviter/", {"email": "x@entreprise.example", "role": role})
    assert not User.objects.filter(email="x@entreprise.example").exists()


@pytest.mark.parametrize("action", ["lien", "role", "acces"])
@pytest.mark.parametrize("target", [Role.ADMIN, Role.PILOT])
def test_a_pilot_cannot_touch_pilots_and_administrators(
    action: str, target: Role, browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    other = person(target, "autre@entreprise.example")
    response = browser(Role.PILOT).post(f"/personnes/{other.public_id}/{action}/", {"role": "collaborator"})
    assert response.status_code == 403
    other.refresh_from_db()
    assert (other.role, other.is_active) == (target, True)


def test_an_administrator_changes_a_role_and_shuts_out(
    browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    other, admin = person(), browser(Role.ADMIN)
    admin.post(f"/personnes/{other.public_id}/role/", {"role": "pilot"})
    other.refresh_from_db()
    assert other.role == Role.PILOT
    page = admin.post(f"/personnes/{other.public_id}/acces/", follow=True).content.decode()
    assert "ne peut plus entrer" in page
    other.refresh_from_db()
    assert not other.is_active


def test_the_last_administrator_cannot_leave_the_company_without_one(browser: Callable[..., Client]) -> None:
    client = browser(Role.ADMIN)
    me = User.objects.get()
    page = client.post(f"/personnes/{me.public_id}/role/", {"role": "pilot"}).content.decode()
    assert "dernier administrateur" in page
    page = client.post(f"/personnes/{me.public_id}/acces/", follow=True).content.decode()
    assert "dernier administrateur" in page


def test_many_people_are_shown_by_pages_and_found_by_name(browser: Callable[..., Client]) -> None:
    User.objects.bulk_create(
        User(email=f"p{n:03}@entreprise.example", name=f"Personne {n}") for n in range(120)
    )
    client = browser(Role.PILOT)
    page = client.get("/personnes/").content.decode()
    assert page.count('<th scope="row"') == 50
    assert "Page 1 sur 3" in page
    assert client.get("/personnes/?page=3").content.decode().count('<th scope="row"') == 21
    found = client.get("/personnes/?q=personne+117").content.decode()
    assert found.count('<th scope="row"') == 1
    assert "Personne ne correspond" in client.get("/personnes/?q=inconnue").content.decode()
