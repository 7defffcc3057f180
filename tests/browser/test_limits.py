from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.gateway.loopback import Loopback


def send(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    button = page.get_by_role("button", name="Envoyer")
    expect(button).to_be_enabled()
    button.click()


def test_a_pilot_sets_a_limit_and_the_assistant_says_when_it_is_reached(
    page: Page, fresh: Egide, newcomer: None, provider: Loopback, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/limites/")
    expect(page.get_by_text("Aucune limite pour le moment.")).to_be_visible()
    page.get_by_label("Pour qui ?").select_option(label="Chaque personne")
    page.get_by_label("Combien au plus ?").fill("1")
    page.get_by_label("Sur quelle durée ?").select_option(label="par mois")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_role("heading", name="Chaque personne : 1 demande par mois")).to_be_visible()

    page.goto(f"{fresh.address}/assistant/")
    send(page, "Bonjour à tous.")
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    page.locator("#text").fill("Encore une question.")
    expect(page.locator("#limit")).to_contain_text("Limite atteinte (Chaque personne : 1 demande par mois)")
    look("warned")
    send(page, "Encore une question.")
    problem = page.locator("#problem")
    expect(problem).to_contain_text("Une limite du nombre de demandes est atteinte")
    expect(problem).to_contain_text("Rien n'a été transmis. Vous pourrez de nouveau envoyer le 1er")
    expect(page.locator("#text")).to_have_value("Encore une question.")
    assert len(provider.received) == 1
    look("refused")

    page.goto(f"{fresh.address}/limites/")
    bar = page.locator("meter")
    expect(bar).to_have_attribute("value", "1")
    expect(page.get_by_text("1 demande (100 %)")).to_be_visible()
    look("page")
    page.get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Aucune limite pour le moment.")).to_be_visible()
