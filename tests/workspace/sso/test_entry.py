"""The whole way in, over a socket: who enters, as whom, and what the address and the session hold."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.identity_provider import CLIENT_SECRET, PERSON, IdentityProvider, authorised
from tests.workspace.conftest import PASSWORD
from tests.workspace.sso.conftest import BACK, START, is_in, leave, refused, sign_in

from egide.policy import Role
from egide.workspace.accounts import links
from egide.workspace.accounts.models import User
from egide.workspace.sso.models import SingleSignOn

EMAIL = PERSON["email"]
Person, Write = Callable[..., User], Callable[..., SingleSignOn]


def test_a_known_person_enters_with_the_account_of_their_company(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    julie = person(email=EMAIL)
    client = Client()
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(julie.pk)
    assert client.get("/assistant/").status_code == 200
    (asked,) = provider.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert set(asked["scope"].split()) == {"openid", "email", "profile"}
    assert len(asked["nonce"]) >= 40
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    julie.refresh_from_db()
    assert julie.last_login is not None


def test_one_exchange_reads_the_settings_once(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    client = Client()
    back = authorised(leave(client))
    for step in (lambda: client.post(START), lambda: client.get(back)):
        with CaptureQueriesContext(connection) as asked:
            response = step()
        assert response.status_code in (200, 302)
        assert len([one for one in asked if "sso_singlesignon" in one["sql"]]) == 1


def test_the_session_lasts_as_long_as_with_a_password(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    by_account, by_password = Client(), Client()
    sign_in(by_account)
    by_password.post("/connexion/", {"login": EMAIL, "password": PASSWORD})
    assert is_in(by_password)
    assert by_account.session.get_expiry_age() == by_password.session.get_expiry_age() == 12 * 3600
    cookies = [client.cookies["egide"] for client in (by_account, by_password)]
    assert {cookie["samesite"] for cookie in cookies} == {"Lax"}


def test_leaving_asks_for_the_provider_again(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    client = Client()
    sign_in(client)
    assert client.post("/deconnexion/").status_code == 302
    assert client.get("/assistant/").url.startswith("/connexion/")
    assert "Se connecter avec Compte maison" in client.get("/connexion/").content.decode()


def test_the_second_factor_of_egide_is_still_asked(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(person(email=EMAIL), generate_totp_secret())
    client = Client()
    response = sign_in(client)
    assert "/compte/double-authentification/" in response.url
    assert "_auth_user_id" not in client.session


def test_the_page_that_was_asked_comes_after(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    assert sign_in(Client(), next="/mes-regles/").url == "/mes-regles/"
    page = Client().get("/connexion/?next=/mes-regles/").content.decode()
    assert page.count('name="next"') == page.count('value="/mes-regles/"') == 2


@pytest.mark.parametrize(
    "elsewhere",
    ["https://mechant.example/", "//mechant.example/", "javascript:alert(1)", "/\\mechant.example"],
)
def test_nobody_is_led_to_another_site(
    elsewhere: str, person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    assert sign_in(Client(), next=elsewhere).url == "/"


def test_the_address_adds_nothing_to_what_is_asked(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    client = Client()
    extra = (
        "?scope=offline_access&auth_params=prompt%3Dnone%26nonce%3Dchoisi&process=connect&action=rerequest"
    )
    address = str(client.post(START + extra)["Refresh"]).removeprefix("0;url=")
    asked = parse_qs(urlsplit(address).query)
    assert set(asked["scope"][0].split()) == {"openid", "email", "profile"}
    assert "prompt" not in asked
    assert asked["nonce"] != ["choisi"]
    assert client.get(authorised(address)).url == "/"


def test_what_the_provider_wrote_in_its_own_address_stays(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    person(email=EMAIL)
    provider.document["authorization_endpoint"] = f"{provider.address}/authorize?p=connexion"
    write()
    assert sign_in(Client()).url == "/"
    assert provider.asked[0]["p"] == "connexion"


def test_two_people_in_two_browsers_are_never_mixed(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    julie, paul = person(email=EMAIL), person(email="paul@entreprise.example")
    his, hers = Client(), Client()
    for_her = leave(hers)
    for_him = leave(his)
    her_way = authorised(for_her)
    provider.person = {**PERSON, "sub": "sujet-2", "email": paul.email}
    his_way = authorised(for_him)
    refused(hers.get(his_way), "EG-6582", hers)
    refused(his.get(her_way), "EG-6582", his)
    # The codes were not spent: what each began still ends, for them alone.
    assert hers.get(her_way).status_code == his.get(his_way).status_code == 302
    assert (hers.session["_auth_user_id"], his.session["_auth_user_id"]) == (str(julie.pk), str(paul.pk))


def test_a_code_put_into_another_session_is_refused_with_and_without_pkce(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    for checks in (True, False):
        provider.checks_pkce = checks
        stolen = parse_qs(urlsplit(authorised(leave(Client()))).query)["code"][0]
        client = Client()
        state = parse_qs(urlsplit(leave(client)).query)["state"][0]
        refused(client.get(BACK, {"code": stolen, "state": state}), "EG-6582", client)


def test_signing_in_over_another_session_leaves_nothing_of_it(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    julie, paul = person(email=EMAIL), person(email="paul@entreprise.example")
    client = Client()
    client.force_login(paul)
    session = client.session
    session["de-paul"] = "x"
    session.save()
    before = session.session_key
    assert sign_in(client).status_code == 302
    assert client.session["_auth_user_id"] == str(julie.pk)
    assert "de-paul" not in client.session
    assert client.session.session_key != before


def test_a_way_back_serves_once(person: Person, provider: IdentityProvider, setting: SingleSignOn) -> None:
    person(email=EMAIL)
    client = Client()
    way = authorised(leave(client))
    assert client.get(way).status_code == 302
    client.post("/deconnexion/")
    refused(client.get(way), "EG-6582", client)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": "x"},
        {"state": "x", "code": "x"},
        {"error": "<script>alert(1)</script>", "error_description": "julie@entreprise.example"},
    ],
)
def test_a_way_back_that_nobody_asked_is_refused(query: dict[str, str], setting: SingleSignOn) -> None:
    client = Client()
    page = refused(client.get(BACK, query), "EG-6582", client)
    assert "julie" not in page
    assert "alert(1)" not in page


def test_a_refusal_is_told_in_the_language_of_who_asks(setting: SingleSignOn) -> None:
    client = Client()
    client.cookies["egide-language"] = "en"
    page = refused(client.get(BACK, {"error": "access_denied", "state": "x"}), "EG-6582", client)
    assert "Sign-in refused" in page
    assert "that of your browser" in page
    assert "navigateur" not in page


def test_what_the_provider_refuses_is_told_without_its_words(setting: SingleSignOn) -> None:
    for error, told in (("access_denied", "annulée"), ("server_error", "une erreur")):
        client = Client()
        state = parse_qs(urlsplit(leave(client)).query)["state"][0]
        query = {"state": state, "error": error, "error_description": "julie@entreprise.example"}
        page = refused(client.get(BACK, query), "EG-6582", client)
        assert told in page
        assert "julie" not in page


def test_an_answer_under_another_issuer_name_is_refused(
    person: Person, provider: IdentityProvider, setting: SingleSignOn
) -> None:
    person(email=EMAIL)
    client = Client()
    refused(client.get(authorised(leave(client)) + "&iss=https://autre.example"), "EG-6582", client)
    assert sign_in(client).status_code == 302
    assert client.get(authorised(leave(client)) + f"&iss={provider.address}").status_code == 302


@pytest.mark.parametrize("address", [START, BACK])
def test_nothing_is_open_until_an_administrator_opens_it(address: str, db: None, write: Write) -> None:
    for _ in range(2):
        client = Client()
        response = (
            client.post(address) if address == START else client.get(address, {"code": "x", "state": "y"})
        )
        refused(response, "EG-6589", client)
        assert "Se connecter avec" not in client.get("/connexion/").content.decode()
        write(is_on=False)


def test_starting_needs_the_form_of_the_login_page(setting: SingleSignOn) -> None:
    assert Client().get(START).status_code == 405
    assert Client(enforce_csrf_checks=True).post(START).status_code == 403


def test_passwords_are_closed_but_for_administrators(
    person: Person, provider: IdentityProvider, write: Write
) -> None:
    julie, chief = person(email=EMAIL), person(Role.ADMIN)
    write()
    sign_in(Client())
    write(passwords_closed=True)
    told = set()
    for email, password in (
        (EMAIL, PASSWORD),
        (EMAIL, "mauvais mot de passe"),
        ("inconnu@entreprise.example", PASSWORD),
        (chief.email, "mauvais mot de passe"),
    ):
        client = Client()
        page = client.post("/connexion/", {"login": email, "password": password}).content.decode()
        assert not is_in(client)
        told.add(page.partition('role="alert">')[2].partition("</div>")[0])
    (only,) = told
    assert "est fermée" in only
    secret = links.issue(julie)
    response = Client().post(f"/lien/{secret}/", {"password": "cinq lampes jaunes"})
    assert response.status_code == 403
    client = Client()
    assert client.post("/connexion/", {"login": chief.email, "password": PASSWORD}).status_code == 302
    assert is_in(client)
    assert Client().get(f"/lien/{links.issue(chief)}/").status_code == 200
    assert sign_in(Client()).status_code == 302


def test_no_address_and_no_token_is_logged(
    person: Person, provider: IdentityProvider, write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    julie = person(email=EMAIL, name="Julie Petit")
    person(Role.ADMIN)
    write(groups_claim="groups", roles={"Informatique": "admin"})
    provider.person["groups"] = ["Informatique"]
    sign_in(Client())
    provider.person["sub"] = "sujet-2"
    sign_in(Client())
    provider.alter = lambda claims: claims | {"nonce": "autre"}
    sign_in(Client())
    assert f"gave the role admin to person {julie.public_id}" in caplog.text
    for value in (EMAIL, "Julie", "sujet-", CLIENT_SECRET, "eyJ"):
        assert value not in caplog.text
