"""The first use: what is recorded is read by keyboard, and stays at hand afterwards."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import EMAIL, PASSWORD, Egide


def test_the_notice_comes_first_and_stays_at_hand(
    page: Page, fresh: Egide, look: Callable[[str], None]
) -> None:
    page.goto(fresh.first_link)
    page.get_by_label("Nom de l'entreprise").fill("Menuiserie Kervella")
    page.get_by_label("Votre adresse électronique").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer dans Égide").click()

    title = page.get_by_role("heading", name="Ce qu'Égide enregistre", level=1)
    expect(title).to_be_visible()
    expect(page.get_by_text("Menuiserie Kervella met Égide à votre disposition")).to_be_visible()
    expect(page.get_by_text("réclamation à la CNIL").first).to_be_visible()
    look("1-notice")
    page.get_by_text("Le détail : tout ce qui est enregistré").click()
    expect(page.get_by_role("heading", name="Vos droits")).to_be_visible()
    look("1-notice-whole")

    button = page.get_by_role("button", name="J'ai lu cette information")
    button.focus()
    page.keyboard.press("Enter")
    # The first administrator is then asked who the company is; later will do.
    page.get_by_role("button", name="Plus tard").click()
    expect(page.get_by_role("heading", name="Premiers pas", level=1)).to_be_visible()

    page.goto(f"{fresh.address}/information/lire/")
    expect(page.get_by_text("Vous avez lu cette information le")).to_be_visible()
    expect(button).to_have_count(0)

    page.goto(f"{fresh.address}/information/suivi/")
    expect(page.get_by_text("Tout le monde a lu la version en vigueur.")).to_be_visible()
    look("2-followed")
