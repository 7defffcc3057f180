"""An administrator points Égide to the company's identity provider, tests it, opens it, and enters by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import EMAIL, Egide
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, PERSON, IdentityProvider, running_provider


@pytest.fixture
def identity() -> Iterator[IdentityProvider]:
    with running_provider() as served:
        served.person = {**PERSON, "email": EMAIL}
        yield served


def test_the_company_account_opens_egide(
    page: Page, newcomer: None, fresh: Egide, identity: IdentityProvider, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/connexion-entreprise/")
    look("1-empty")
    page.get_by_label("Nom écrit sur le bouton").fill("Compte maison")
    page.get_by_label("Adresse de l'émetteur").fill(f"{identity.address}/")
    page.get_by_label("Identifiant du client").fill(CLIENT_ID)
    page.get_by_label("Secret du client").fill(CLIENT_SECRET)
    page.get_by_label("Domaines de courriel acceptés").fill("entreprise.example")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Tester").click()
    expect(page.locator("#tested")).to_contain_text("barre finale comprise")
    look("2-wrong-issuer")

    page.get_by_label("Adresse de l'émetteur").fill(identity.address)
    page.get_by_label("Secret du client").fill(CLIENT_SECRET)
    page.get_by_label("Ouvrir la connexion d'entreprise").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Tester").click()
    expect(page.locator("#tested")).to_contain_text("sous le bon nom")
    look("3-open")

    page.context.clear_cookies()
    page.goto(f"{fresh.address}/mes-regles/")
    look("4-login")
    page.get_by_role("button", name="Se connecter avec Compte maison").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{fresh.address}/mes-regles/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes règles")

    page.goto(f"{fresh.address}/connexion-entreprise/")
    page.get_by_label("Fermer la connexion par mot de passe").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Mots de passe fermés, sauf administrateurs")).to_be_visible()
    page.context.clear_cookies()
    identity.person = {**PERSON, "sub": "sujet-2", "email": "inconnu@entreprise.example"}
    page.goto(f"{fresh.address}/connexion/")
    look("5-passwords-closed")
    page.get_by_role("button", name="Se connecter avec Compte maison").click()
    expect(page.get_by_text("Code EG-6583")).to_be_visible()
    look("6-refused")
