"""A usage is declared by a collaborator, validated by a pilot, and only then offered."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide


def test_a_usage_is_declared_then_validated(
    page: Page, fresh: Egide, two_people: Callable[[str], None], look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/usages/nos/")
    look("1-ours")
    page.get_by_role("link", name="Déclarer un usage").click()
    look("2-form")
    page.get_by_label("Comment l'appeler ?").fill("Devis de cuisine")
    page.get_by_label("À quoi cela sert-il ?").fill("Mettre en forme les devis.")
    page.get_by_label("Service d'essai").check()
    page.get_by_label("Adresses, téléphones, courriels").check()
    page.get_by_role("checkbox", name="Clients", exact=True).check()
    page.get_by_label("Qui vérifie la réponse, et comment ?").fill("Celui qui envoie relit chaque prix.")
    page.get_by_role("button", name="Envoyer").click()
    look("3-missing")
    page.get_by_label("Que fait-on si l'IA est en panne ?").fill("On reprend le modèle du classeur.")
    page.get_by_role("button", name="Envoyer").press("Enter")
    expect(page.get_by_text("Déclaration envoyée")).to_be_visible()
    look("4-sent")
    page.get_by_role("link", name="Questions du règlement IA : Devis de cuisine").click()
    expect(page.get_by_role("button", name="Commencer les questions")).to_be_visible()
    page.goto(f"{fresh.address}/assistant/")
    expect(page.locator("body")).not_to_contain_text("Devis de cuisine")

    page.goto(f"{fresh.address}/usages/nos/sans-nom/")
    page.get_by_label("Quel outil ?").fill("Un traducteur en ligne")
    page.get_by_label("Pour quoi faire ?").fill("Traduire des courriels.")
    page.get_by_label("Noms de personnes ou d'entreprises").check()
    look("5-nameless")
    page.get_by_role("button", name="Envoyer sans mon nom").click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()

    two_people("pilot")
    page.goto(f"{fresh.address}/usages/")
    look("6-inventory")
    page.get_by_role("link", name="Lire et décider : Devis de cuisine").click()
    look("7-decide")
    page.get_by_role("button", name="Valider", exact=True).click()
    expect(page.get_by_text("est validé : il est proposé")).to_be_visible()
    page.get_by_role("link", name="Dits sans nom (1)").click()
    look("8-undeclared")
    page.get_by_role("button", name="En faire un usage : Un traducteur en ligne").click()
    expect(page.get_by_role("heading", name="À décider")).to_be_visible()
    page.goto(f"{fresh.address}/usages/observes/")
    look("9-observed")

    two_people("collaborator")
    page.goto(f"{fresh.address}/assistant/")
    expect(page.locator("body")).to_contain_text("Devis de cuisine")
