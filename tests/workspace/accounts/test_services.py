from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import links, services
from egide.workspace.accounts.models import User

BASE = "https://egide.entreprise.example"


def test_a_person_is_added_with_a_link_to_hand_over(db: None) -> None:
    link = services.add_user("Julie.Petit@Entreprise.example", "pilot", BASE, "Julie Petit")
    assert link.startswith(f"{BASE}/lien/")
    user = services.find("julie.petit@entreprise.EXAMPLE")
    assert (user.role, user.name, user.has_usable_password()) == ("pilot", "Julie Petit", False)


@pytest.mark.parametrize(("email", "code"), [("deja@la.example", "EG-6002"), ("pas une adresse", "EG-6006")])
def test_a_wrong_or_known_address_is_refused(email: str, code: str, person: Callable[..., User]) -> None:
    person(email="deja@la.example")
    with pytest.raises(WorkspaceError) as refused:
        services.add_user(email, "collaborator", BASE)
    assert refused.value.code == code
    assert email not in str(refused.value)
    assert User.objects.count() == 1


def test_nobody_has_this_address(db: None) -> None:
    with pytest.raises(WorkspaceError, match="EG-6001"):
        services.find("personne@entreprise.example")


def test_the_first_link_is_given_until_there_is_an_administrator(person: Callable[..., User]) -> None:
    assert services.first_link(BASE) is not None
    person(Role.PILOT)
    assert services.first_link(BASE) is not None
    person(Role.ADMIN)
    assert services.first_link(BASE) is None


def test_the_last_administrator_stays(person: Callable[..., User]) -> None:
    admin = person(Role.ADMIN)
    for change in (lambda: services.set_role(admin, Role.PILOT), lambda: services.set_active(admin, False)):
        with pytest.raises(WorkspaceError, match="EG-6008"):
            change()
    person(Role.ADMIN, email="autre@entreprise.example")
    services.set_role(admin, Role.PILOT)
    assert User.objects.get(pk=admin.pk).role == Role.PILOT


def test_nothing_shown_by_a_debugger_names_the_person(person: Callable[..., User]) -> None:
    user = person(email="discret@entreprise.example", name="Paul Discret")
    assert "discret" not in (repr(user) + str(user)).lower()


def test_who_is_shut_out_meanwhile_stays_out(person: Callable[..., User]) -> None:
    one = person(email="luc@entreprise.example")
    link = links.find(services.new_link(one, BASE).rsplit("/", 2)[1])
    assert link is not None
    seen_before = User.objects.get(pk=one.pk)
    services.set_active(one, False)
    services.set_role(seen_before, Role.PILOT)
    one.refresh_from_db()
    assert (one.is_active, one.role) == (False, Role.PILOT)
    with pytest.raises(WorkspaceError, match="EG-6007"):
        services.redeem(link, password="quatre lampes vertes")
    one.refresh_from_db()
    assert not one.is_active


def test_two_administrators_do_not_shut_each_other_out(committed_db: None) -> None:
    first, second = (User.objects.create_user(f"{name}@entreprise.example", Role.ADMIN) for name in "ab")
    together = Barrier(2)

    def shut_out(other: User) -> str:
        together.wait()
        try:
            services.set_active(other, False)
        except WorkspaceError as refused:
            return refused.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(shut_out, (first, second)))
    assert said == ["", "EG-6008"]
    assert User.objects.filter(is_active=True).count() == 1
