"""The prompt library: found, filled, told what it is not for, sent, and what to verify beside the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide


def test_a_ready_prompt_is_found_filled_and_used(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/demandes-types/")
    look("1-library")
    page.get_by_label("Chercher").fill("RÉCLAMATION reponse")
    expect(page.locator("#search-count")).to_have_text("1 demande trouvée.")
    look("2-found")
    page.get_by_role("link", name="Répondre à une réclamation").click()
    page.get_by_role("button", name="Mettre en favori").click()
    expect(page.get_by_role("button", name="Retirer des favoris")).to_be_visible()
    page.get_by_label("La réclamation reçue").fill("Mme Zoé Lefèvre se plaint du retard. {{geste}}")
    page.get_by_label("Les faits établis").fill("Livraison avec deux jours de retard, elle est diabétique.")
    look("3-prompt")
    page.get_by_role("button", name="Utiliser dans l'Assistant").press("Enter")

    expect(page.get_by_role("heading", name="Assistant", level=1)).to_be_visible()
    assert re.fullmatch(r".*/assistant/demande/[0-9a-f-]{36}/", page.url)
    text = page.locator("#text")
    expect(text).to_have_value(re.compile(r"Mme Zoé Lefèvre se plaint du retard\. \{\{geste\}\}"))
    expect(text).to_have_value(re.compile("Geste autorisé : « à compléter »"))
    expect(page.locator("#warnings")).to_contain_text("n'est pas faite pour ces données")
    look("4-warned")
    text.fill(text.input_value().replace(", elle est diabétique", ""))
    expect(page.locator("#warnings")).to_be_hidden()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    verify = page.get_by_role("complementary", name="Demande type : Répondre à une réclamation")
    verify.get_by_label("Le ton convient à l'entreprise et au destinataire").check()
    expect(page.locator(".eg-from-assistant .eg-body")).to_contain_text("Zoé Lefèvre")
    look("5-answer")
    page.reload()
    expect(verify).to_contain_text("Aucune promesse, remise ou délai non autorisé")
