"""The feedback loop: a collaborator proposes from the Assistant, a pilot decides, and exports test cases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

TEXT = (
    "Bonjour. Préviens Mme Zoé Lefèvre (06 12 34 56 78) que la société de transport est Transports"
    " Morvan SARL. Le chantier basalte bleu attend."
)
VEILED = "Préviens Mme [nom] ([téléphone]) que la société de transport est Transports Morvan SARL."


def test_what_a_person_marks_is_decided_by_a_pilot(
    page: Page, fresh: Egide, two_people: Callable[[str], None], look: Callable[[str], None]
) -> None:
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Ce n'est pas personnel : Transports Morvan SARL").click()
    page.get_by_role("button", name="Proposer pour toute l'entreprise : Transports Morvan SARL").click()
    dialog = page.get_by_role("dialog", name="Proposer pour toute l'entreprise")
    expect(dialog).to_contain_text("ne plus jamais masquer «\u00a0Transports Morvan SARL\u00a0»")
    sentence = dialog.locator("#proposal-sentence")
    expect(sentence).to_have_text(VEILED)
    look("1-dialog")
    dialog.get_by_label("Joindre la phrase").check()
    dialog.get_by_role("button", name="Envoyer la proposition").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#kept")).to_contain_text("Proposé à votre pilote")
    expect(page.locator("#text")).to_be_focused()

    hide_too(page, "basalte bleu")
    page.get_by_role("button", name="Proposer pour toute l'entreprise : basalte bleu").press("Enter")
    expect(dialog.get_by_label("Joindre la phrase")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Proposer pour toute l'entreprise : basalte bleu").press("Enter")
    dialog.get_by_role("button", name="Envoyer la proposition").press("Enter")
    expect(page.locator("#proposal-status")).to_have_text("Proposition envoyée : votre pilote décidera.")
    look("2-proposed")
    assert page.request.get(f"{fresh.address}/signalements/").status == 403

    two_people("pilot")
    page.goto(f"{fresh.address}/signalements/")
    row = page.get_by_role("row").filter(has_text="Transports Morvan SARL")
    expect(row).to_contain_text(f"« {VEILED} »")
    expect(page.get_by_role("row").filter(has_text="basalte bleu")).not_to_contain_text("chantier")
    look("3-waiting")
    page.get_by_role("button", name="Accepter : basalte bleu").click()
    page.get_by_role("button", name="Refuser : Transports Morvan SARL").press("Enter")
    expect(page.get_by_text("Rien à décider.")).to_be_visible()
    look("4-decided")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Télécharger les cas de test").click()
    cases = Path(downloading.value.path()).read_text(encoding="utf-8").splitlines()
    told = {case["text"]: case["spans"] for case in map(json.loads, cases)}
    assert told["basalte bleu"] == [{"start": 0, "end": 12, "label": "COMPANY_TERM"}]
    start = VEILED.index("Transports Morvan")
    assert told[VEILED] == [{"start": start, "end": len(VEILED) - 1, "label": "ORGANISATION"}]

    two_people("collaborator")
    page.goto(f"{fresh.address}/assistant/")
    page.locator("#text").fill(TEXT)
    for value in ("basalte bleu", "Transports Morvan SARL"):
        expect(page.locator("#mirror mark.masked").filter(has_text=value)).to_have_count(1)


def test_a_refusal_and_a_failure_are_told_in_the_dialog(
    page: Page, fresh: Egide, two_people: Callable[[str], None], look: Callable[[str], None]
) -> None:
    page.locator("#text").fill("Le chantier basalte bleu attend.")
    hide_too(page, "basalte bleu")
    page.get_by_role("button", name="Proposer pour toute l'entreprise : basalte bleu").click()
    dialog = page.get_by_role("dialog", name="Proposer pour toute l'entreprise")
    page.route("**/assistant/propositions", lambda route: route.abort())
    dialog.get_by_role("button", name="Envoyer la proposition").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Égide ne répond pas")
    look("failed")
    page.unroute("**/assistant/propositions")
    dialog.get_by_role("button", name="Envoyer la proposition").click()
    expect(dialog).to_be_hidden()
    expect(page.locator("#findings")).to_contain_text("Proposé à votre pilote")


def hide_too(page: Page, value: str) -> None:
    page.locator("#text").evaluate(
        """(area, value) => {
          const start = area.value.indexOf(value);
          area.focus();
          area.setSelectionRange(start, start + value.length);
        }""",
        value,
    )
    page.get_by_role("button", name="Masquer aussi").click()
    expect(page.locator("#mirror mark.masked").filter(has_text=value)).to_have_count(1)


@pytest.mark.parametrize("context", [{"width": 1280, "height": 900}], indirect=True, ids=["desktop"])
@pytest.mark.parametrize(
    ("text", "value", "hidden", "sentence"),
    [
        ("Un. Deux.\nVoici M. Morvan, art. 3. Ensuite oui.", "Morvan", [], "Voici M. Morvan, art. 3."),
        ("😀 Zoé aime Morvan.", "Morvan", ["Zoé"], "😀 [nom] aime Morvan."),
        ("morvan et Morvan SARL", "Morvan", ["Morvan SARL"], "morvan et Morvan SARL"),
        ("Chez MORVAN demain", "Morvan", [], "Chez MORVAN demain"),
        ("Morvan", "Morvan", [], ""),
        ("Rien.", "Morvan", [], ""),
        ("Il a dit : a. B\nc ? Fin.", "a. B\nc", [], "Il a dit : a. B c ?"),
    ],
)
def test_the_sentence_around_a_value_veils_the_others(
    page: Page, assistant: None, text: str, value: str, hidden: list[str], sentence: str
) -> None:
    found = page.evaluate(
        """async ([text, value, hidden]) => {
          const address = document.querySelector("script[type=module]").src.replace("main.js", "sentence.js");
          const { sentenceAround } = await import(address);
          const findings = hidden.map((one) => {
            const start = text.indexOf(one);
            return { start, end: start + one.length, word: "nom" };
          });
          return sentenceAround(text, value, findings);
        }""",
        [text, value, hidden],
    )
    assert found == sentence


@pytest.mark.parametrize("context", [{"width": 1280, "height": 900}], indirect=True, ids=["desktop"])
def test_a_long_sentence_is_cut_around_the_value(page: Page, assistant: None) -> None:
    found = page.evaluate(
        """async () => {
          const address = document.querySelector("script[type=module]").src.replace("main.js", "sentence.js");
          const { sentenceAround } = await import(address);
          return sentenceAround("avant ".repeat(500) + "Morvan" + " apres".repeat(500), "Morvan", []);
        }"""
    )
    assert re.fullmatch(r"(avant ){20,27}Morvan( apres){20,27}", found)
