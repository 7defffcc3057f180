"""The demonstration: the same job with the real local model, which does as it likes with placeholders."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

# Slow on a small machine, and the phone is covered by the other tests: one width is enough.
pytestmark = [
    pytest.mark.model,
    pytest.mark.parametrize("context", [{"width": 1280, "height": 900}], indirect=True, ids=["desktop"]),
]
REQUEST = """Rédige une réponse polie à ce message.

Bonjour, je suis Zoé Lefèvre. Mon IBAN est FR76 3000 6000 0112 3456 7890 189, mon téléphone 06 12 34 56 78.
"""


def test_a_real_model_answers_without_having_seen_the_values(page: Page, visitor: None) -> None:
    page.get_by_label("Service d'IA").select_option(label="Démonstration (vu comme externe)")
    expect(page.locator("#destination")).to_have_text("Part chez un fournisseur public.")
    page.locator("#text").fill(REQUEST)
    expect(page.locator("#mirror mark.masked").filter(has_text="FR76")).to_have_count(1)
    page.get_by_role("button", name="Voir ce que le modèle recevra").click()
    shown = page.get_by_label("Texte que le modèle recevra").text_content() or ""
    assert "FR76" not in shown
    assert len(re.findall(r"\[[A-Z]+_[A-Z0-9]+\]", shown)) == 3
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée", timeout=150_000)
    assert len(page.locator(".eg-from-assistant .eg-body").text_content() or "") > 20


def test_the_same_model_trusted_as_local_reads_everything(page: Page, visitor: None) -> None:
    page.get_by_label("Service d'IA").select_option(label="Modèle local")
    expect(page.locator("#destination")).to_have_text("Reste dans l'entreprise.")
    page.locator("#text").fill(REQUEST)
    expect(page.locator("#summary")).to_contain_text("Rien ne sera masqué")
    expect(page.locator("#mirror mark.left").filter(has_text="FR76")).to_have_count(1)
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()
