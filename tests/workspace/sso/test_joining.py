"""Who enters, as whom and with which role; and two sign-ins at the same moment, in two threads."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.db import connections
from django.test import Client
from tests.identity_provider import CLIENT_SECRET, PERSON, IdentityProvider
from tests.workspace.sso.conftest import is_in, refused, sign_in

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts import services
from egide.workspace.accounts.models import User
from egide.workspace.people import erasing
from egide.workspace.sso.identity import Identity
from egide.workspace.sso.joining import settle
from egide.workspace.sso.models import SingleSignOn

EMAIL = PERSON["email"]
Person, Write = Callable[..., User], Callable[..., SingleSignOn]


def test_nothing_of_the_provider_is_kept_but_the_subject(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    sign_in(Client())
    (account,) = SocialAccount.objects.values("uid", "extra_data")
    assert account == {"uid": "sujet-1", "extra_data": {}}
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    assert mail.outbox == []
    row = str(SingleSignOn.objects.values().get())
    assert CLIENT_SECRET not in row


def test_the_list_of_people_says_that_they_came(
    person: Person, provider: IdentityProvider, setting: SingleSignOn, browser: Callable[..., Client]
) -> None:
    pilot = browser(Role.PILOT)
    User.objects.create_user(EMAIL)
    assert "Invitation en attente" in pilot.get("/personnes/").content.decode()
    sign_in(Client())
    assert "Invitation en attente" not in pilot.get("/personnes/").content.decode()


def test_the_person_is_found_by_the_subject_when_the_address_changes(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    julie = person(email=EMAIL)
    sign_in(Client())
    provider.person |= {"email": "julie.durand@ailleurs.example", "email_verified": False}
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.session["_auth_user_id"] == str(julie.pk)


def test_who_came_in_before_their_domain_was_removed_does_not_come_in_again(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    person(email=EMAIL)
    write()
    assert sign_in(Client()).status_code == 302
    write(domains=["autre.example"])
    provider.person["email"] = "julie@autre.example"
    client = Client()
    refused(sign_in(client), "EG-6586", client)


def test_a_new_holder_of_an_address_does_not_become_the_one_before(
    person: Person, provider: IdentityProvider, setting: SingleSignOn, browser: Callable[..., Client]
) -> None:
    julie = person(email=EMAIL)
    sign_in(Client())
    provider.person["sub"] = "sujet-2"
    client = Client()
    refused(sign_in(client), "EG-6587", client)
    admin = browser(Role.ADMIN)
    assert admin.post("/connexion-entreprise/delier/", {"email": EMAIL}).status_code == 302
    assert sign_in(client).status_code == 302
    assert SocialAccount.objects.get().uid == "sujet-2"
    assert SocialAccount.objects.get().user == julie


def test_another_issuer_with_the_same_subject_is_somebody_else(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    person(email=EMAIL)
    other = person(email="paul@entreprise.example")
    SocialAccount.objects.create(provider="oidc-autre", uid="sujet-1", user=other)
    write()
    client = Client()
    sign_in(client)
    assert client.session["_auth_user_id"] != str(other.pk)


@pytest.mark.parametrize("said", [False, None, "true", 1, "absent"])
def test_an_address_that_is_not_said_verified_joins_nobody(
    said: object, person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    provider.person["email_verified"] = said
    if said == "absent":
        del provider.person["email_verified"]
    client = Client()
    refused(sign_in(client), "EG-6585", client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["julie@entreprise.example.mechant.example", "julie@sous.entreprise.example", "julie@autre.example"],
)
def test_another_domain_does_not_enter(
    email: str, person: Person, provider: IdentityProvider, write: Write
) -> None:
    person(email=email)
    write(creates_people=True)
    provider.person["email"] = email
    client = Client()
    refused(sign_in(client), "EG-6586", client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["\u212aarl@entreprise.example", "julie", "", ["julie@entreprise.example"], "a@b@entreprise.example", 7],
)
def test_a_strange_address_joins_nobody(
    email: object, person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email="karl@entreprise.example")
    provider.person["email"] = email
    client = Client()
    refused(sign_in(client), "EG-6585", client)


def test_an_address_and_its_verification_come_from_the_same_place(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    provider.only_in_userinfo = ("email_verified",)
    client = Client()
    refused(sign_in(client), "EG-6585", client)


def test_what_only_userinfo_says_is_asked_there(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    provider.only_in_userinfo = ("email", "email_verified", "name")
    assert sign_in(Client()).status_code == 302
    assert provider.received[-1] == "GET /userinfo"


def test_userinfo_of_another_person_is_refused(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    provider.only_in_userinfo, provider.userinfo = ("email", "email_verified"), {"sub": "sujet-9"}
    client = Client()
    refused(sign_in(client), "EG-6582", client)


def test_an_unknown_person_is_refused_unless_creation_is_on(provider: IdentityProvider, write: Write) -> None:
    write()
    client = Client()
    page = refused(sign_in(client), "EG-6583", client)
    assert "pas encore d&#x27;accès" in page
    assert not User.objects.exists()
    write(creates_people=True)
    assert sign_in(client).status_code == 302
    made = User.objects.get()
    assert (made.email, made.name, made.role) == (EMAIL, "Julie Petit", Role.COLLABORATOR)
    assert not made.has_usable_password()


def test_a_closed_access_stays_closed(person: Person, provider: IdentityProvider, write: Write) -> None:
    julie = person(email=EMAIL)
    write(creates_people=True)
    services.set_active(julie, False)
    client = Client()
    refused(sign_in(client), "EG-6584", client)
    assert not SocialAccount.objects.exists()
    services.set_active(julie, True)
    sign_in(client)
    assert is_in(client)
    services.set_active(julie, False)
    assert client.get("/assistant/").status_code == 302
    again = Client()
    refused(sign_in(again), "EG-6584", again)


def test_who_is_erased_leaves_nothing_of_the_provider(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    julie = person(email=EMAIL)
    sign_in(Client())
    services.set_active(julie, False)
    erasing.erase(julie)
    assert not SocialAccount.objects.exists()


def test_groups_give_roles_and_take_back_what_they_gave(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    julie = person(email=EMAIL)
    person(Role.ADMIN)
    write(groups_claim="groups", roles={"Direction": "pilot", "Informatique": "admin"})
    for groups, role in (
        (["Direction", "Autre"], Role.PILOT),
        (["Informatique", "Direction"], Role.ADMIN),
        (None, Role.COLLABORATOR),
        (["Autre"], Role.COLLABORATOR),
        ("Direction", Role.PILOT),
        (["direction"], Role.COLLABORATOR),
        ([["Informatique"], {"Informatique": 1}], Role.COLLABORATOR),
    ):
        provider.person["groups"] = groups
        assert sign_in(Client()).status_code == 302
        julie.refresh_from_db()
        assert julie.role == role, groups


def test_no_group_names_an_administrator_unless_it_is_written(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    julie = person(email=EMAIL)
    write(groups_claim="groups", roles={"Direction": "pilot"})
    provider.person |= {
        "groups": ["admin", "administrateur", "Administrators"],
        "role": "admin",
        "roles": ["admin"],
    }
    sign_in(Client())
    julie.refresh_from_db()
    assert julie.role == Role.COLLABORATOR


def test_a_role_that_no_group_gives_stays_and_the_last_administrator_too(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    julie = person(Role.ADMIN, email=EMAIL)
    provider.person["groups"] = ["Direction"]
    for roles in ({"Direction": "pilot"}, {"Informatique": "admin"}):
        write(groups_claim="groups", roles=roles)
        assert sign_in(Client()).status_code == 302
        julie.refresh_from_db()
        assert julie.role == Role.ADMIN


@pytest.fixture
def unsaved(committed_db: None) -> SingleSignOn:
    return SingleSignOn(issuer="https://a.example", domains=["entreprise.example"], creates_people=True)


def _together(unsaved: SingleSignOn, subjects: tuple[str, str]) -> list[str]:
    """How each ended: the person, or the code of the refusal."""
    start, ended = Barrier(2), []

    def enter(subject: str) -> None:
        start.wait()
        try:
            ended.append(settle(unsaved, Identity(subject, EMAIL)).email)
        except WorkspaceError as problem:
            ended.append(problem.code)
        finally:
            connections.close_all()

    threads = [Thread(target=enter, args=(subject,)) for subject in subjects]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_one_person_in_two_windows_is_one_person(unsaved: SingleSignOn) -> None:
    assert _together(unsaved, ("sujet-1", "sujet-1")) == [EMAIL, EMAIL]
    assert User.objects.count() == SocialAccount.objects.count() == 1


@pytest.mark.parametrize("known", [False, True])
def test_two_accounts_with_one_address_are_never_both_joined(unsaved: SingleSignOn, known: bool) -> None:
    if known:
        User.objects.create_user(EMAIL)
    assert _together(unsaved, ("sujet-1", "sujet-2")) == ["EG-6587", EMAIL]
    assert User.objects.count() == SocialAccount.objects.count() == 1
