"""The language of the pages: chosen once, kept in a cookie, asked by the browser otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from egide.policy import Role

CHOICE = "/langue/"
COOKIE = "egide-language"


@pytest.fixture
def client(db: None) -> Client:
    return Client()


def test_a_person_goes_on_in_english_on_the_same_page(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    page = client.get("/assistant/?depuis=menu").content.decode()
    assert '<html lang="fr">' in page
    assert 'name="next"' not in page
    assert 'name="language" value="en" lang="en"' in page

    response = client.post(
        CHOICE, {"language": "en"}, headers={"Referer": "http://testserver/assistant/?depuis=menu"}
    )
    assert (response.status_code, response["Location"]) == (302, "http://testserver/assistant/?depuis=menu")
    cookie = response.cookies[COOKIE]
    assert cookie.value == "en"
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 365 * 24 * 3600)

    page = client.get(response["Location"]).content.decode()
    assert '<html lang="en">' in page
    assert "Skip to content" in page
    assert 'src="/langue/en/textes.js"' in page
    assert 'name="language" value="fr" lang="fr"' in page

    client.post(CHOICE, {"language": "fr", "next": "/assistant/"})
    assert "Aller au contenu" in client.get("/assistant/").content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "http:evil.example",
        "javascript:alert(1)",
        "\\\\evil.example",
    ],
)
def test_the_choice_never_leads_to_another_site(elsewhere: str, client: Client) -> None:
    response = client.post(CHOICE, {"language": "en", "next": elsewhere}, headers={"Referer": elsewhere})
    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_choice_is_a_form_of_ours(db: None) -> None:
    asked = Client().get(CHOICE, {"language": "en"})
    assert asked.status_code == 405
    assert COOKIE not in asked.cookies
    refused = Client(enforce_csrf_checks=True).post(CHOICE, {"language": "en"})
    assert refused.status_code == 403
    assert COOKIE not in refused.cookies


@pytest.mark.parametrize("unknown", ["de", "xx", "../../en", "", "en\r\nSet-Cookie: a=b"])
def test_a_language_that_is_not_ours_changes_nothing(unknown: str, client: Client) -> None:
    response = client.post(CHOICE, {"language": unknown, "next": "/connexion/"})
    assert response.status_code == 400
    assert COOKIE not in response.cookies
    assert '<html lang="fr">' in client.get("/connexion/").content.decode()


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en-GB,en;q=0.9", "en"), ("fr-CA", "fr"), ("de,en;q=0.5", "en"), ("de", "fr"), ("*", "fr"), ("", "fr")],
)
def test_before_any_choice_the_browser_tells(asked: str, given: str, client: Client) -> None:
    page = client.get("/connexion/", headers={"Accept-Language": asked}).content.decode()
    assert f'<html lang="{given}">' in page
    assert ("Forgotten your password" in page) is (given == "en")


def test_the_choice_goes_before_the_browser(client: Client) -> None:
    client.cookies[COOKIE] = "fr"
    page = client.get("/connexion/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="fr">' in page


def test_the_texts_of_scripts_are_those_of_the_address(client: Client) -> None:
    client.cookies[COOKIE] = "fr"
    english = client.get("/langue/en/textes.js")
    assert english.headers["Content-Type"].startswith("text/javascript")
    assert "private" in english.headers["Cache-Control"]
    assert '"Copi\\u00e9": "Copied"' in english.content.decode()
    french = client.get("/langue/fr/textes.js").content.decode()
    assert "Copied" not in french
    assert "gettext" in french
    assert client.get("/langue/de/textes.js").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_is_in_english(role: Role, browser: Callable[..., Client]) -> None:
    client = browser(role)
    client.cookies[COOKIE] = "en"
    menu = client.get("/assistant/").content.decode().split('id="menu"')[1].split("</nav>")[0]
    assert "Learn and commit" in menu
    assert ("Follow up and prove" in menu) is (role is not Role.COLLABORATOR)
    assert "Sign out" in menu
    assert "Mot de passe" not in menu


@pytest.mark.parametrize(
    ("url", "said"), [("/nulle-part/", "Page not found"), ("/fournisseurs/", "Restricted page")]
)
def test_what_went_wrong_is_said_in_english(url: str, said: str, browser: Callable[..., Client]) -> None:
    client = browser(Role.COLLABORATOR)
    client.cookies[COOKIE] = "en"
    page = client.get(url).content.decode()
    assert '<html lang="en">' in page
    assert f"<h1>{said}</h1>" in page
