from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

from django.db import connections

from egide.policy import Role
from egide.workspace.accounts import links
from egide.workspace.accounts.models import OneTimeLink, User


def test_a_link_works_once(person: Callable[..., User]) -> None:
    secret = links.issue(person())
    found = links.find(secret)
    assert found is not None
    assert links.consume(found)
    assert not links.consume(found)
    assert links.find(secret) is None


def test_a_link_expires(person: Callable[..., User]) -> None:
    secret = links.issue(person(), lifetime=timedelta(seconds=-1))
    assert links.find(secret) is None


def test_a_new_link_ends_the_earlier_ones(person: Callable[..., User]) -> None:
    user = person()
    first, second = links.issue(user), links.issue(user)
    assert links.find(first) is None
    assert links.find(second) is not None


def test_the_database_cannot_give_a_link_back(person: Callable[..., User]) -> None:
    secret = links.issue(person())
    row = OneTimeLink.objects.values().get()
    assert secret not in str(row)


def test_a_deactivated_person_has_no_link(person: Callable[..., User]) -> None:
    user = person()
    secret = links.issue(user)
    user.is_active = False
    user.save()
    assert links.find(secret) is None


def test_the_first_link_dies_with_the_first_administrator(person: Callable[..., User]) -> None:
    secret = links.issue(None)
    person(Role.COLLABORATOR)
    assert links.find(secret) is not None
    person(Role.ADMIN)
    assert links.find(secret) is None


def test_of_two_simultaneous_uses_one_wins(committed_db: None) -> None:
    found = links.find(links.issue(User.objects.create_user("deux@entreprise.example")))
    assert found is not None
    together, won = Barrier(2), []

    def use() -> None:
        together.wait()
        won.append(links.consume(found))
        connections.close_all()

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False, True]
