"""A person reads a lesson, fails, then passes, and has a certificate that a stranger can verify."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.reference.training import modules

QUIZ = modules()["m2"].quiz


def answer(page: Page, *, right: bool) -> None:
    """Answer every question by its words, as a person does."""
    for question in QUIZ:
        group = page.get_by_role("group").filter(has_text=question.text)
        wrong = next(place for place in range(len(question.options)) if place not in question.correct)
        for place in question.correct if right else [wrong]:
            group.get_by_label(question.options[place], exact=True).check()
    page.get_by_role("button", name="Envoyer mes réponses").click()


def test_from_a_lesson_to_a_certificate(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/formation/")
    expect(page.get_by_text("À jour : 0 sur 8")).to_be_visible()
    look("1-list")
    page.get_by_role("link", name="Commencer : Protéger la confidentialité").click()
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_role("button", name="Copié")).to_be_visible()
    assert "Hélène Garrigou" in page.evaluate("navigator.clipboard.readText()")
    look("2-lesson")
    page.get_by_role("button", name="Commencer le questionnaire").click()
    look("3-quiz")
    page.get_by_role("button", name="Envoyer mes réponses").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(f"Il reste {len(QUIZ)} questions sans réponse")
    answer(page, right=False)
    expect(page.get_by_role("heading", name="Pas encore réussi")).to_be_visible()
    page.get_by_role("button", name="Recommencer").click()
    answer(page, right=True)
    expect(page.get_by_role("heading", name="Module réussi")).to_be_visible()
    look("4-result")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Télécharger le certificat").click()
    assert Path(downloading.value.path()).read_bytes().startswith(b"%PDF-")
    certificate = page.get_by_role("link", name="Télécharger le certificat").get_attribute("href") or ""
    page.goto(f"{fresh.address}/assistant/")
    folded = page.get_by_text("La question de la semaine (une minute)")
    expect(page.get_by_role("button", name="Répondre")).to_be_hidden()
    folded.press("Enter")
    expect(page.get_by_role("button", name="Répondre")).to_be_visible()
    look("5-assistant")
    page.goto(f"{fresh.address}/formation/")
    expect(page.get_by_text("À jour : 1 sur 8")).to_be_visible()
    weekly = page.get_by_role("region", name="La question de la semaine")
    weekly.get_by_role("radio").or_(weekly.get_by_role("checkbox")).first.check()
    weekly.get_by_role("button", name="Répondre").click()
    expect(weekly.get_by_role("status")).to_be_visible()
    look("6-weekly")
    page.goto(f"{fresh.address}/formation/suivi/?tous=1")
    expect(page.get_by_role("row").filter(has_text="camille@entreprise.example")).to_contain_text("1 sur 8")
    look("7-follow")

    page.context.clear_cookies()
    page.goto(f"{fresh.address}/formation/verifier/")
    page.get_by_label("Code de vérification").fill(certificate.rsplit("/", 1)[1].removesuffix(".pdf"))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("status")).to_contain_text("Ce certificat est valide")
    look("7-verified")
