"""The policy: a rule changed as a sentence, tried on a text, published with a reason, compared."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

TEXT = "Mme Zoé Lefèvre paie avec l'IBAN FR76 3000 6000 0112 3456 7890 189."
MASKED = "Les coordonnées bancaires sont masquées pour tous les services, sauf"
BANKING = f"{MASKED} un service local, où elles sont lues en clair."
CHANGED = (
    f"{MASKED} un service grand public, où elles sont bloquées, et un service local, où elles sont lues en"
    " clair."
)


def test_a_pilot_changes_tries_publishes_and_compares(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/politique/")
    look("1-in-force")
    page.get_by_role("link", name="Modifier").click()
    expect(page.get_by_text("Votre premier changement créera le brouillon")).to_be_visible()
    look("2-draft")

    # By keyboard alone: the link of the sentence, the list of actions, the button.
    page.get_by_role("link", name=f"Modifier : {BANKING}").press("Enter")
    action = page.get_by_label("Vers un service grand public")
    action.focus()
    page.keyboard.type("Bloqué")
    expect(action).to_have_value("block")
    look("3-rule")
    page.get_by_role("button", name="Enregistrer dans le brouillon").press("Enter")
    banking = page.locator("#banking")
    expect(banking).to_contain_text(CHANGED)
    expect(banking).to_contain_text(f"Le profil dit : {BANKING}")
    expect(banking.get_by_role("row", name="Les coordonnées bancaires")).to_contain_text("entreprise")

    page.get_by_role("link", name="Choisir les métiers").click()
    page.get_by_label("Notaire", exact=True).check()
    look("4-professions")
    page.get_by_role("button", name="Enregistrer dans le brouillon").click()
    expect(page.locator("#financial")).to_contain_text("métier : Notaire")
    look("5-changed")

    page.get_by_role("link", name="Modifier ce qui part des images et des sons").press("Enter")
    page.get_by_label("Image jointe, vers un service grand public").select_option("refused")
    page.get_by_label("Enregistrement vocal à transcrire").select_option("local")
    look("5-carriers")
    page.get_by_role("button", name="Enregistrer dans le brouillon").press("Enter")
    expect(
        page.get_by_text("Les enregistrements vocaux, refusés jusqu'ici, partent désormais")
    ).to_be_visible()
    expect(page.get_by_role("region", name="Images et sons")).to_contain_text("fait refuser la demande")

    page.get_by_role("link", name="Essayer un texte").click()
    page.get_by_label("Texte à essayer").fill(TEXT)  # tried while it is written, without a button
    trial = page.locator("#trial")
    expect(page.locator("#trial-said")).to_contain_text("Brouillon : Envoi bloqué")
    before, after = (trial.get_by_role("region", name=name) for name in ("En vigueur", "Brouillon"))
    expect(before).to_contain_text("Envoyé, avec ce qui est masqué")
    expect(after).to_contain_text("Envoi bloqué")
    expect(after).to_contain_text("Une image jointe fait refuser la demande")
    expect(after.locator("mark.blocked.changed").filter(has_text="FR76")).to_have_count(1)
    expect(before.locator("mark.masked").filter(has_text="Lefèvre")).to_have_count(1)
    expect(page.get_by_label("Texte à essayer")).to_have_value(TEXT)
    page.get_by_label("Service").select_option("local")
    expect(after).to_contain_text("Envoyé tel quel")
    page.get_by_role("button", name="Essayer").press("Enter")
    assert "Lef" not in page.url
    look("6-trial")

    page.goto(f"{fresh.address}/politique/brouillon/publier/")
    page.get_by_label("Pourquoi ce changement ?").fill("Étude notariale")
    look("7-publish")
    page.get_by_role("button", name="Publier").press("Enter")
    expect(page.get_by_text("Version 1 publiée")).to_be_visible()
    expect(page.get_by_role("heading", name="Ce qui devient plus strict")).to_be_visible()
    expect(page.get_by_text("Les données financières, masquées jusqu'ici")).to_be_visible()
    page.get_by_label("De", exact=True).select_option("1")
    page.get_by_label("À", exact=True).select_option("0")
    page.get_by_role("button", name="Comparer").click()
    expect(page.get_by_role("heading", name="Ce qui devient plus souple")).to_be_visible()
    look("8-versions")

    page.goto(f"{fresh.address}/mes-regles/")
    expect(page.get_by_text("Rendue plus stricte pour : Notaire.")).to_be_visible()
    look("9-my-rules")
    page.goto(f"{fresh.address}/politique/metiers/notaire/")
    look("10-profession")
