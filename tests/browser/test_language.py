"""The pages go on in English, and back, at one click: before and after signing in, on both widths."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import EMAIL, PASSWORD, Egide


def _open_menu(page: Page, name: str) -> None:
    burger = page.locator(".eg-burger")
    if burger.is_visible():
        burger.click()
        expect(page.get_by_label(name)).to_be_visible()


def test_the_language_changes_on_the_page_where_one_is(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/assistant/conversations/")
    _open_menu(page, "Menu principal")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(f"{fresh.address}/assistant/conversations/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    _open_menu(page, "Main menu")
    switch = page.get_by_role("button", name="Français")
    switch.scroll_into_view_if_needed()
    look("1-menu")

    # Scripts say what they write in English, too.
    page.goto(f"{fresh.address}/assistant/")
    page.get_by_role("textbox", name="Your request").fill("Écrivez à zoe@exemple.fr.")
    expect(page.locator("#summary")).to_have_text("Masked before sending: 1 email address.")
    expect(page.get_by_role("button", name="This is not personal")).to_be_visible()
    page.get_by_role("button", name="See what the model will receive").click()
    expect(page.get_by_role("button", name="Hide what the model will receive")).to_be_visible()
    page.get_by_role("textbox", name="Your request").fill("")
    _open_menu(page, "Main menu")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    look("2-sign-in")
    # By keyboard, before signing in.
    switch = page.get_by_role("button", name="Français")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Connexion")).to_be_visible()
    page.locator("[name=login]").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_attached()
