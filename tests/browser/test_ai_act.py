"""The AI Act for a usage: questions by keyboard, a doubt, the result with its reasons, a notice to copy."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide


def answer(page: Page, said: str) -> None:
    """By keyboard: to the answer, then on."""
    page.get_by_label(said, exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_from_the_questions_to_the_confirmed_class(
    page: Page, fresh: Egide, two_people: Callable[[str], None], look: Callable[[str], None]
) -> None:
    two_people("pilot")
    page.goto(f"{fresh.address}/reglement-ia/")
    look("1-list")
    page.get_by_role("link", name=re.compile("Calendrier")).click()
    look("2-calendar")
    page.go_back()
    page.get_by_role("link", name=re.compile("^Commencer")).first.click()
    look("3-begin")
    page.get_by_role("button", name="Commencer les questions").click()
    look("4-question")
    for said in ("Oui", "Non", "Non", "Oui", "Oui", "Oui", "Non"):
        answer(page, said)
    look("5-prohibited")
    page.get_by_role("button", name=re.compile("aucun de ces cas")).click()
    expect(page.get_by_text(re.compile("Étape 4 sur 7"))).to_be_visible()
    page.get_by_role("button", name=re.compile("aucun de ces cas")).click()
    # Back, and on again: what was answered is there.
    page.get_by_role("link", name="Question précédente").click()
    expect(page.get_by_label("Non", exact=True)).to_be_checked()
    page.get_by_role("button", name="Continuer").click()
    for said in ("Oui", "Non", "Oui", "Je ne sais pas", "Non", "Non", "Non", "Non", "Oui"):
        answer(page, said)
    expect(page.get_by_role("heading", name="Ce que vous ne savez pas encore")).to_be_visible()
    look("6-doubt")
    page.get_by_role("link", name=re.compile("^Répondre : Ne fait-il")).click()
    answer(page, "Non")
    expect(page.get_by_text("Contenu généré à marquer").first).to_be_visible()
    page.get_by_text(re.compile("^Pourquoi")).first.click()
    look("7-result")
    page.get_by_role("button", name=re.compile("^Copier : Bandeau")).click()
    assert "assistant automatique" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("button", name="Confirmer ce résultat").click()
    expect(page.get_by_text("Résultat confirmé : il est gardé")).to_be_visible()
    look("8-confirmed")
    page.get_by_role("link", name=re.compile("^Relire")).click()
    look("9-kept")
