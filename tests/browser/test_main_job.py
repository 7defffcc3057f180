"""The main job, as a newcomer does it: a link, an e-mail pasted, sent masked, read with its true values."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect

from egide.gateway.loopback import Loopback

MAIL = """Bonjour 😀,

Peux-tu rédiger une relance polie pour Mme Zoé Lefèvre (zoe.lefevre@kervella-client.fr, 06 12 34 56 78), gérante de la SARL Lefèvre & Fils, 12 rue des Lilas, 35000 Rennes ?

Elle nous doit 4 280,50 € depuis le 12 mars. Son IBAN : FR76 3000 6000 0112 3456 7890 189.
Le nom de code du chantier est basalte bleu et la société de transport est Transports Morvan SARL.

Merci, Étienne Bréguet
"""  # noqa: E501
HIDDEN = ["zoe.lefevre@kervella-client.fr", "06 12 34 56 78", "FR76 3000 6000 0112 3456 7890 189", "Lefèvre"]


def test_the_main_job(page: Page, newcomer: None, look: Callable[[str], None], provider: Loopback) -> None:
    look("1-empty")
    write(page, MAIL)
    marks = page.locator("#mirror mark.masked")
    for value in HIDDEN[:3]:
        expect(marks.filter(has_text=value)).to_have_count(1)
    expect(page.locator("#summary")).to_contain_text("Masqué avant l'envoi")
    look("2-highlighted")

    keep(page, "Transports Morvan SARL")
    select(page, "basalte bleu")
    page.get_by_role("button", name="Masquer aussi").click()
    expect(marks.filter(has_text="basalte bleu")).to_have_count(1)

    page.get_by_role("button", name="Voir ce que le modèle recevra").click()
    received = page.get_by_label("Texte que le modèle recevra")
    expect(received).to_contain_text("Peux-tu rédiger une relance polie")
    for value in [*HIDDEN, "basalte bleu"]:
        expect(received).not_to_contain_text(value)
    expect(received).to_contain_text("Transports Morvan SARL")
    look("3-decided")

    page.get_by_role("button", name="Envoyer").click()
    answer = page.locator(".eg-from-assistant")
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    assert answer.locator(".eg-body").text_content() == MAIL
    for value in [*HIDDEN[:3], "basalte bleu"]:
        expect(answer.locator("mark.restored").filter(has_text=value)).to_have_count(1)
    left = json.dumps(provider.received[-1].body, ensure_ascii=False)
    assert not [value for value in [*HIDDEN, "basalte bleu"] if value in left]
    assert "Transports Morvan SARL" in left
    expect(answer).to_be_focused()
    look("4-answered")

    answer.get_by_role("button", name="Copier").click()
    expect(answer.get_by_role("button", name="Copié")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == MAIL

    write(page, "Et en plus court ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".eg-from-assistant")).to_have_count(2)
    left = json.dumps(provider.received[-1].body, ensure_ascii=False)
    assert not [value for value in [*HIDDEN, "basalte bleu"] if value in left]
    assert len(provider.received[-1].body["messages"]) >= 3

    page.reload()
    expect(page.locator(".eg-from-assistant .eg-body").first).to_have_text(MAIL)
    expect(page.locator("mark.restored").filter(has_text="basalte bleu")).to_have_count(1)
    look("5-reopened")

    page.get_by_role("link", name="Mes conversations").click()
    expect(page.get_by_role("link", name="Peux-tu rédiger une relance polie")).to_be_visible()
    look("6-conversations")
    page.get_by_text("Supprimer «\u00a0Peux-tu rédiger").click()
    page.get_by_role("button", name="Oui, supprimer").click()
    expect(page.get_by_text("Aucune conversation pour le moment.")).to_be_visible()
    look("7-deleted")


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()


def keep(page: Page, value: str) -> None:
    """Say that a value is not personal, then see it left in clear."""
    page.get_by_role("button", name=f"Ce n'est pas personnel : {value}").click()
    expect(page.locator("#kept")).to_contain_text(value)
    expect(page.locator("#mirror mark.masked").filter(has_text=value)).to_have_count(0)


def select(page: Page, value: str) -> None:
    page.locator("#text").evaluate(
        """(area, value) => {
          const start = area.value.indexOf(value);
          area.focus();
          area.setSelectionRange(start, start + value.length);
        }""",
        value,
    )
