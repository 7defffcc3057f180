"""A service is added from its preset, tested, priced, put first, and told what may replace it."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.gateway.loopback import Loopback


def test_a_service_is_added_from_a_preset_and_tested(
    page: Page, newcomer: None, fresh: Egide, provider: Loopback, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/fournisseurs/")
    page.get_by_role("link", name="Ajouter un fournisseur").click()
    look("1-presets")
    page.get_by_role("link", name="Mistral AI (calcul en Europe)").click()
    expect(page.get_by_label("adresse", exact=False).first).to_have_value("https://api.eu.mistral.ai/v1")
    known = page.get_by_role("complementary", name="Ce qui est connu de Mistral AI")
    expect(known.get_by_text("à vérifier").first).to_be_visible()
    known.get_by_text("1 source").first.click()
    expect(known.get_by_role("link", name="Regional inference").first).to_be_visible()
    look("2-filled")

    page.goto(f"{fresh.address}/fournisseurs/ajouter/?service=vllm")
    page.get_by_label("Nom", exact=False).first.fill("Maison")
    page.locator("#id_base_url").fill("http://127.0.0.1:1/v1")
    page.get_by_label("Modèles proposés").fill("echo-1")
    page.get_by_text("Réseau : délais, proxy").click()
    page.get_by_label("Silence toléré").fill("60")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Tester Maison").click()
    expect(page.locator("#test-maison")).to_contain_text("connexion impossible")
    expect(page.locator("#test-maison")).to_contain_text("Vérifiez l'adresse et le port")
    look("3-refused")

    page.get_by_role("link", name="Modifier Maison").click()
    page.locator("#id_base_url").fill(provider.openai_url)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Tester Maison").click()
    expect(page.locator("#test-maison")).to_contain_text("« echo-1 » a répondu")
    (asked,) = provider.received
    assert asked.body["messages"] == [{"role": "user", "content": "Réponds seulement : OK"}]

    page.get_by_role("link", name="Prix de Maison").click()
    page.get_by_label("echo-1, entrée").fill("0,40")
    page.get_by_label("echo-1, sortie").fill("2")
    look("4-prices")
    page.get_by_role("button", name="Enregistrer").click()

    page.get_by_role("button", name="Monter Maison").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Maison")

    page.get_by_role("link", name="Remplacements").click()
    page.get_by_label("Quand ce modèle ne répond pas").select_option("maison/echo-1")
    page.get_by_label("demander à celui-ci").select_option("service-dessai/echo-1")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("est moins digne de confiance que « Maison »")).to_be_visible()
    page.get_by_label("J'accepte").check()
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("confiance moindre, acceptée")).to_be_visible()
    look("5-replacement")
