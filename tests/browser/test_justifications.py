"""A message that a pilot must accept: written, explained, accepted, sent, and read in the journal."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import Egide

from egide.gateway.loopback import Loopback

HEALTH = "Écris à Mme Zoé Lefèvre : elle est en arrêt maladie pour une dépression sévère."
REASON = "Répondre à la CPAM, qui demande la cause de l'arrêt."


def test_a_message_waits_for_a_pilot_and_leaves_once_accepted(
    page: Page,
    fresh: Egide,
    provider: Loopback,
    two_people: Callable[[str], None],
    look: Callable[[str], None],
) -> None:
    page.locator("#text").fill(HEALTH)
    ask = page.get_by_role("button", name="Demander l'accord")
    expect(ask).to_be_disabled()
    expect(page.locator("#reason-approval")).to_contain_text("Un pilote doit donner son accord")
    page.get_by_label("Pourquoi ces éléments sont-ils nécessaires").fill(REASON)
    look("1-asked")
    ask.click()
    held = page.locator("#held")
    expect(held).to_contain_text("attend l'accord d'un pilote")
    expect(page.locator("#text")).to_have_value(HEALTH)
    expect(page.locator("#field mark.justify").first).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_disabled()
    expect(page.locator("#reason-field")).to_be_hidden()
    look("2-waiting")
    waiting = page.url

    two_people("pilot")
    page.goto(f"{fresh.address}/demandes/accords/")
    expect(page.get_by_text(REASON)).to_be_visible()
    look("3-queue")
    page.get_by_role("link", name="Décider").click()
    look("4-decision")
    page.get_by_role("button", name="Refuser").click()
    expect(page.get_by_text("Un refus se dit avec un mot")).to_be_visible()
    page.get_by_label("Un mot pour la personne").fill("D'accord, pour cette lettre.")
    page.get_by_role("button", name="Accepter cet envoi").click()
    expect(page.get_by_role("heading", name="Raisons et décisions passées (1)")).to_be_visible()
    assert provider.received == []

    two_people("collaborator")
    page.goto(f"{fresh.address}/demandes/")
    look("5-mine")
    page.get_by_role("link", name="Relire et envoyer").click()
    assert page.url == waiting
    expect(held).to_contain_text("Accord donné")
    expect(held).to_contain_text("D'accord, pour cette lettre.")
    send = page.get_by_role("button", name="Envoyer", exact=True)
    expect(send).to_be_enabled()
    look("6-accepted")
    page.locator("#text").press("End")
    page.locator("#text").press("Control+End")
    page.keyboard.type(" Merci.")
    expect(ask).to_be_enabled()  # another message: another approval, with the same reason at hand
    for _ in " Merci.":
        page.keyboard.press("Backspace")
    expect(send).to_be_enabled()
    send.click()
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    expect(held).to_have_count(0)
    (left,) = provider.received
    assert "dépression" not in json.dumps(left.body, ensure_ascii=False)
    expect(page.locator(".eg-from-assistant mark.restored").filter(has_text="Lefèvre")).to_have_count(1)

    page.goto(f"{fresh.address}/demandes/")
    expect(page.get_by_text("Envoyée", exact=True)).to_be_visible()
    two_people("pilot")
    page.goto(f"{fresh.address}/journal/")
    expect(page.get_by_text("demande acceptée")).to_be_visible()
    look("7-journal")
