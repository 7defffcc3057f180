"""The charter, from an empty draft to a signature that verifies."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

VALUES = {
    "Date d'entrée en vigueur": "2026-12-01",
    "Référent sécurité": "Yann Le Goff",
    "DPO ou contact RGPD": "dpo@entreprise.example",
    "Adresse et téléphone de signalement": "02 98 00 00 00",
    "Direction": "Anne Kervella, gérante",
    "Usages soumis à accord": "les devis",
    "Usages libres avec relecture": "les comptes rendus",
    "Données confidentielles propres à l'entreprise": "nos prix d'achat",
    "Qui relit quoi": "le responsable du dossier",
}


def test_a_charter_is_drafted_published_signed_and_verified(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/charte/")
    page.get_by_role("link", name="Rédiger la charte").click()
    expect(page.get_by_label("Nom de l'entreprise")).to_have_value("Menuiserie Kervella")
    for label, said in VALUES.items():
        page.get_by_label(label, exact=False).first.fill(said)
    for question in ("rh", "transparence"):
        page.locator(f"input[name=answer_{question}][value=non]").check()
    page.locator("input[name=answer_sanctions][value=B]").check()
    look("1-draft")
    page.get_by_role("button", name="Enregistrer et voir l'aperçu").click()
    expect(page.get_by_text("Menuiserie Kervella. Version 1.")).to_be_visible()
    look("2-preview")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Publier la version 1").click()
    expect(page.get_by_text("Version 1 publiée")).to_be_visible()
    look("3-signatures")

    page.goto(f"{fresh.address}/charte/")
    page.get_by_label("Votre nom").fill("Camille Kervella")
    look("4-read")
    page.get_by_label("Je soussigné(e)").check()
    page.get_by_role("button", name="Signer la charte").click()
    expect(page.get_by_text("Charte signée.")).to_be_visible()
    with page.expect_download() as certificate:
        page.get_by_role("link", name="Mon certificat (PDF)").click()
    assert certificate.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("link", name="Page de vérification").click()
    expect(page.get_by_text("Signature valide")).to_be_visible()
    look("5-verified")

    address = page.url
    page.context.clear_cookies()
    page.goto(address)
    expect(page.get_by_text("Signature valide")).to_be_visible()
    expect(page.get_by_text("Camille")).to_have_count(0)
    look("6-verified-by-anybody")


def test_the_procedure_the_reminders_and_the_versions_are_followed(
    page: Page, egide: Egide, assistant: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{egide.address}/charte/redaction/procedure/")
    page.get_by_label("Dépôt au greffe").fill("2026-12-01")
    page.get_by_label("Publicité").fill("2026-12-10")
    page.get_by_role("button", name="Enregistrer les dates").click()
    expect(page.get_by_role("status").filter(has_text="10/01/2027")).to_be_visible()
    look("1-procedure")
    for name in ("relances", "versions"):
        page.goto(f"{egide.address}/charte/redaction/{name}/")
        look(f"2-{name}")
