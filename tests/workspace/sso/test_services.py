from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.identity_provider import CLIENT_SECRET, PERSON, IdentityProvider
from tests.workspace.sso.conftest import sign_in

from egide.errors import EgideError, WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.sso import services
from egide.workspace.sso.models import SingleSignOn

Write = Callable[..., SingleSignOn]


def test_the_secret_opens_only_where_it_was_meant_to_go(setting: SingleSignOn) -> None:
    assert services.secret_of(services.setting()) == CLIENT_SECRET
    for name, value in (
        ("issuer", "https://mechant.example"),
        ("client_id", "autre"),
        ("authority", "autre autorité"),
    ):
        moved = services.setting()
        setattr(moved, name, value)
        with pytest.raises(EgideError):
            services.secret_of(moved)


def test_a_provider_that_was_changed_in_the_database_lets_nobody_in(
    person: Callable[..., User], provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=PERSON["email"])
    SingleSignOn.objects.update(client_id="autre")
    response = Client().post("/connexion-entreprise/entrer/")
    assert response.status_code == 403
    assert CLIENT_SECRET not in response.content.decode()


def test_each_change_has_a_version_of_its_own(write: Write) -> None:
    assert [write().version, write(label="Autre").version] == [1, 2]
    services.open_passwords()
    services.close()
    assert services.setting().version == 4


@pytest.mark.parametrize("missing", ["issuer", "client_id", "domains"])
def test_nothing_opens_half_written(missing: str, write: Write) -> None:
    with pytest.raises(WorkspaceError, match="EG-6589") as refused:
        write(**{missing: [] if missing == "domains" else ""})
    assert "il manque" in refused.value.message
    assert services.in_force() is None


def test_nothing_opens_towards_a_provider_that_does_not_answer_well(
    write: Write, provider: IdentityProvider
) -> None:
    provider.document = {"issuer": "https://autre.example"}
    with pytest.raises(WorkspaceError, match="EG-6581"):
        write()
    assert services.in_force() is None
    write(is_on=False)
    assert services.setting().issuer == provider.address


def test_passwords_are_not_closed_without_another_way_in(
    write: Write, person: Callable[..., User], provider: IdentityProvider
) -> None:
    with pytest.raises(WorkspaceError, match="ouvrez d'abord"):
        write(is_on=False, passwords_closed=True)
    chief = person(Role.ADMIN)
    chief.set_unusable_password()
    chief.save()
    with pytest.raises(WorkspaceError, match="aucun administrateur n'a de mot de passe"):
        write(passwords_closed=True)
    person(Role.ADMIN, email=PERSON["email"])
    with pytest.raises(WorkspaceError, match="personne n'est encore entré"):
        write(passwords_closed=True)
    write()
    sign_in(Client())
    write(passwords_closed=True)
    assert services.passwords_closed()


def test_closing_opens_passwords_again_and_never_asks_the_provider(
    write: Write, person: Callable[..., User], provider: IdentityProvider
) -> None:
    person(Role.ADMIN, email=PERSON["email"])
    write()
    sign_in(Client())
    write(passwords_closed=True)
    provider.received.clear()
    services.open_passwords()
    assert (services.passwords_closed(), services.in_force() is not None) == (False, True)
    write(passwords_closed=True)
    provider.received.clear()
    services.close()
    assert (services.passwords_closed(), services.in_force()) == (False, None)
    assert provider.received == []


def test_closed_sign_in_never_keeps_passwords_closed(write: Write) -> None:
    write()
    SingleSignOn.objects.update(is_on=False, passwords_closed=True)
    assert not services.passwords_closed()
