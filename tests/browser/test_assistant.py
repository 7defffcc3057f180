"""The Assistant when things do not go straight: a reason, a block, a stop, a failure, a stale preview."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from egide.gateway.loopback import Loopback

LETTER = "Bonjour Mme Zoé Lefèvre, votre IBAN est FR76 3000 6000 0112 3456 7890 189. " * 12
HEALTH = "Écris à Mme Zoé Lefèvre : elle est en arrêt maladie pour une dépression sévère."
SECRET = "Le mot de passe du serveur de paie est Kx7!pR2vQz, préviens Mme Zoé Lefèvre."


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer").click()


def test_a_reason_is_asked_before_health_leaves(
    page: Page, assistant: None, look: Callable[[str], None], provider: Loopback
) -> None:
    write(page, HEALTH)
    reason = page.get_by_label("Pourquoi ces éléments sont-ils nécessaires")
    expect(reason).to_be_visible()
    expect(page.get_by_role("button", name="Envoyer")).to_be_disabled()
    look("reason")
    reason.fill("Attestation demandée par la CPAM")
    send(page)
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    left = json.dumps(provider.received[-1].body, ensure_ascii=False)
    assert "dépression" not in left
    assert "CPAM" not in left
    expect(page.locator(".eg-from-assistant mark.restored").filter(has_text="Lefèvre")).to_have_count(1)


def test_a_secret_blocks_the_sending_and_says_what_to_do(
    page: Page, assistant: None, look: Callable[[str], None], provider: Loopback
) -> None:
    write(page, SECRET)
    expect(page.locator("#blocked")).to_contain_text("Cet envoi est bloqué")
    expect(page.locator("#mirror mark.blocked").filter(has_text="Kx7!pR2vQz")).to_have_count(1)
    expect(page.get_by_role("button", name="Envoyer")).to_be_disabled()
    look("blocked")
    page.locator("#text").press("Control+Enter")
    write(page, "Préviens Mme Zoé Lefèvre.")
    expect(page.locator("#blocked")).to_be_hidden()
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()
    assert provider.received == []


def test_another_service_that_answers_is_told_above_its_answer(
    page: Page, assistant: None, look: Callable[[str], None]
) -> None:
    said = "« Un » n'a pas répondu : « Deux », un service local, a répondu à sa place."
    events = [
        {"type": "started", "conversation": "11111111-1111-4111-8111-111111111111"},
        {"type": "moved", "said": said},
        {"type": "piece", "text": "Bonjour.", "label": None},
        {"type": "done"},
    ]
    body = "".join(f"{json.dumps(event)}\n" for event in events)

    def answer(route: Route) -> None:
        route.fulfill(content_type="application/x-ndjson", body=body)

    page.route("**/assistant/envoyer", answer)
    write(page, "Bonjour.")
    send(page)
    expect(page.locator(".eg-from-assistant .eg-moved")).to_have_text(said)
    expect(page.locator(".eg-from-user .eg-moved")).to_be_hidden()
    expect(page.locator(".eg-from-assistant .eg-body")).to_have_text("Bonjour.")
    look("moved")


def test_a_provider_that_fails_gives_the_text_back(
    page: Page, assistant: None, look: Callable[[str], None], provider: Loopback
) -> None:
    provider.status = 500
    write(page, LETTER)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("EG-4009")
    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#text")).to_have_value(LETTER)
    expect(page.locator(".eg-message")).to_have_count(0)
    look("failed")

    provider.status = 200
    send(page)
    expect(page.locator("#answer-status")).to_contain_text("Réponse terminée")
    expect(page.locator("#problem")).to_be_hidden()


def test_an_answer_cut_half_way_is_kept_and_marked(page: Page, assistant: None, provider: Loopback) -> None:
    provider.fault, provider.pause = "cut", 0.01
    write(page, "Bonjour Mme Zoé Lefèvre, votre dossier est complet.")
    send(page)
    expect(page.locator(".eg-from-assistant .eg-note")).to_contain_text("Réponse incomplète")
    expect(page.get_by_role("alert")).to_contain_text("EG-4011")
    page.reload()
    expect(page.locator(".eg-from-assistant .eg-note")).to_contain_text("Réponse incomplète")


def test_an_answer_is_stopped(
    page: Page, assistant: None, look: Callable[[str], None], provider: Loopback
) -> None:
    provider.pause = 0.05
    write(page, LETTER)
    send(page)
    expect(page.locator(".eg-from-assistant .eg-body")).to_contain_text("Bonjour")
    expect(page.get_by_role("button", name="Arrêter")).to_be_focused()
    look("streaming")
    page.get_by_role("button", name="Arrêter").click()
    expect(page.locator("#answer-status")).to_have_text("Réponse arrêtée.")
    expect(page.get_by_role("button", name="Arrêter")).to_be_hidden()
    body = page.locator(".eg-from-assistant .eg-body").text_content() or ""
    assert 0 < len(body) < len(LETTER)
    assert LETTER.startswith(body)
    provider.pause = 0
    write(page, "Continue.")
    send(page)
    expect(page.locator(".eg-from-assistant")).to_have_count(2)


def test_a_text_changed_since_its_preview_cannot_be_sent(
    page: Page, assistant: None, provider: Loopback
) -> None:
    write(page, "Bonjour à tous.")
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()
    held: list[Route] = []
    page.route("**/assistant/apercu", lambda route: held.append(route))
    with page.expect_request("**/assistant/apercu"):
        write(page, "Bonjour Mme Zoé Lefèvre.")
    expect(page.get_by_role("button", name="Envoyer")).to_be_disabled()
    page.locator("#text").press("Control+Enter")
    expect(page.locator(".eg-message")).to_have_count(0)
    held[0].abort()
    expect(page.get_by_role("alert")).to_contain_text("Égide ne répond pas")
    page.unroute("**/assistant/apercu")
    write(page, "Bonjour Mme Zoé Lefèvre !")
    expect(page.locator("#mirror mark.masked").filter(has_text="Lefèvre")).to_have_count(1)
    expect(page.locator("#problem")).to_be_hidden()
    assert provider.received == []


def test_everything_is_done_from_the_keyboard(page: Page, assistant: None) -> None:
    area = page.locator("#text")
    area.focus()
    page.keyboard.insert_text("Relance Mme Zoé Lefèvre pour le chantier basalte bleu")
    for _ in range(len("basalte bleu")):
        page.keyboard.press("Shift+ArrowLeft")
    hide = page.get_by_role("button", name="Masquer aussi")
    expect(hide).to_be_enabled()
    reach(page, "hide-selection")
    page.keyboard.press("Enter")
    expect(page.locator("#mirror mark.masked").filter(has_text="basalte bleu")).to_have_count(1)
    expect(area).to_be_focused()

    keep = page.get_by_role("button", name="Ce n'est pas personnel : Zoé Lefèvre")
    for _ in range(30):
        page.keyboard.press("Tab")
        if keep.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#kept")).to_contain_text("Lefèvre")
    area.focus()
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".eg-from-assistant")).to_be_focused()


def reach(page: Page, identifier: str) -> None:
    """Press Tab until this control has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.id") == identifier:
            return
    pytest.fail(f"{identifier} cannot be reached with Tab")


def test_a_pilot_decides_for_the_company_and_takes_it_back(
    page: Page, assistant: None, look: Callable[[str], None]
) -> None:
    write(page, "Relance Mme Zoé Lefèvre.")
    page.get_by_role("button", name="Jamais personnel").click()
    expect(page.locator("#kept")).to_contain_text("Zoé Lefèvre (pour toute l'entreprise)")
    expect(page.locator("#summary")).to_have_text("Rien à masquer dans ce texte.")
    look("for-ever")
    page.get_by_role("button", name="Masquer à nouveau").click()
    expect(page.locator("#mirror mark.masked").filter(has_text="Lefèvre")).to_have_count(1)
    expect(page.locator("#kept-block")).to_be_hidden()
