"""A self-diagnosis and an attestation of good practice, by a pilot then by a collaborator."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide


def test_from_answers_to_actions(
    page: Page, fresh: Egide, two_people: Callable[[str], None], look: Callable[[str], None]
) -> None:
    two_people("pilot")
    page.goto(f"{fresh.address}/autodiagnostic/")
    look("1-empty")
    page.get_by_role("button", name="Commencer un autodiagnostic").click()
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("group", name=re.compile("double authentification")).get_by_label("Non").check()
    expect(page.locator("#share")).to_contain_text(re.compile("[2-9] sur 40"))
    look("2-one-page")
    page.get_by_role("link", name="Thème par thème").click()
    look("2-overview")
    page.get_by_role("link", name=re.compile("(Répondre|Reprendre).*Stratégie")).click()
    page.get_by_label("Quelques idées, rien d'écrit").check()
    expect(page.locator("#saved-st1")).to_contain_text("Enregistré")
    # Kept at once: nothing was sent by the form.
    page.reload()
    expect(page.get_by_label("Quelques idées, rien d'écrit")).to_be_checked()
    page.get_by_role("group", name=re.compile("Mesurez-vous")).get_by_label("Sans objet").check()
    expect(page.locator("#saved-st5")).to_contain_text("Enregistré")
    look("3-axis")
    for _ in range(8):
        for group in page.locator("fieldset").all():
            if not group.locator("input:checked").count():
                group.get_by_role("radio").nth(2).check()
        page.get_by_role("button", name=re.compile("^Enregistrer")).click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Terminer l'autodiagnostic").click()
    expect(page.get_by_role("img", name=re.compile("Score par thème"))).to_be_visible()
    look("4-result")
    page.get_by_role("button", name=re.compile("Ajouter aux actions")).first.click()
    look("5-action")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="À moi de faire (1)")).to_be_visible()
    look("6-actions")

    page.goto(f"{fresh.address}/bonnes-pratiques/campagnes/")
    look("7-campaigns")
    page.get_by_role("button", name="Lancer la campagne").click()
    look("8-campaign")

    two_people("collaborator")
    page.goto(f"{fresh.address}/bonnes-pratiques/")
    group = page.get_by_role("group", name=re.compile("double authentification"))
    group.get_by_label("Oui").focus()
    page.keyboard.press("Space")
    expect(group.get_by_text("Enregistré")).to_be_visible()
    group.get_by_text("Non", exact=True).click()
    expect(group.get_by_text("À faire :")).to_be_visible()
    look("9-attestation")
    group.get_by_role("link", name=re.compile("vos actions")).click()
    page.get_by_role("button", name="Demander de l'aide").click()
    expect(page.get_by_text("Les pilotes voient maintenant")).to_be_visible()
    look("10-help")
