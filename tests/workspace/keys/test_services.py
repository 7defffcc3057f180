from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.keys import services
from egide.workspace.keys.models import AccessKey
from egide.workspace.usages import services as usages


def test_the_database_keeps_only_a_keyed_digest(person: Callable[..., User]) -> None:
    key = services.create_key(person().email)
    assert key.startswith("egd_")
    assert len(key) > 40
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM keys_accesskey")
        row = str(cursor.fetchall())
    assert key not in row
    assert key[12:] not in row
    assert AccessKey.objects.get().digest == wiring.keyring().key_digest(key)


def test_two_keys_differ(person: Callable[..., User]) -> None:
    email = person().email
    assert services.create_key(email) != services.create_key(email)


def test_a_key_without_usage_is_for_the_default_one(person: Callable[..., User]) -> None:
    services.create_key(person().email)
    assert AccessKey.objects.get().usage.slug == usages.DEFAULT


@pytest.mark.parametrize(("usage", "code"), [("inconnu", "EG-6003"), ("ferme", "EG-6003")])
def test_a_usage_that_is_not_in_force_is_refused(usage: str, code: str, person: Callable[..., User]) -> None:
    closed = usages.add("Fermé", slug="ferme")
    closed.active = False
    closed.save()
    with pytest.raises(WorkspaceError, match=code):
        services.create_key(person().email, usage)
    assert not AccessKey.objects.exists()


def test_nobody_and_the_deactivated_get_no_key(person: Callable[..., User]) -> None:
    with pytest.raises(WorkspaceError, match="EG-6001"):
        services.create_key("personne@entreprise.example")
    gone = person(is_active=False)
    with pytest.raises(WorkspaceError, match="EG-6011"):
        services.create_key(gone.email)
