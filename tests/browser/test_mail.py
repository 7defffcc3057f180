"""An administrator sets the mail server and tries it, a colleague is invited by mail and comes in."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser.conftest import PASSWORD, Egide
from tests.workspace.mail.servers import box


def test_mail_is_set_tried_and_brings_a_colleague_in(
    page: Page, fresh: Egide, newcomer: None, look: Callable[[str], None]
) -> None:
    page.goto(f"{fresh.address}/courriel/")
    look("1-empty")
    page.get_by_label("Serveur d'envoi (SMTP)").fill("127.0.0.1")
    page.get_by_label("Aucune : tout passe en clair (port 25)").check()
    page.get_by_label("Adresse de l'expéditeur").fill("egide@entreprise.example")
    with box() as (handler, port):
        page.get_by_label("Port", exact=True).fill(str(port))
        page.get_by_role("button", name="Enregistrer").press("Enter")
        page.get_by_role("button", name="Envoyer un essai").click()
        expect(page.get_by_text("Essai parti vers")).to_be_visible()
        look("2-tried")
        page.goto(f"{fresh.address}/personnes/inviter/")
        page.get_by_label("Adresse électronique").fill("zoe@entreprise.example")
        page.get_by_role("button", name="Enregistrer").click()
        look("3-link")
        page.get_by_role("button", name="Envoyer le lien par courriel").click()
        expect(page.get_by_text("1 courriel en route")).to_be_visible()

        def sent() -> None:
            page.reload()
            expect(page.get_by_text("Courriel envoyé")).to_be_visible(timeout=2_000)

        _until(sent)
        look("4-people")
        body = handler.taken[-1].get_body(("plain",))
    assert body is not None
    link = re.search(r"http://\S+/lien/\S+", body.get_content())
    assert link is not None
    page.goto(f"{fresh.address}/courriel/rappels/")
    page.get_by_label("Jamais").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Choix enregistré")).to_be_visible()
    look("5-reminders")
    page.context.clear_cookies()
    page.goto(link.group())
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Entrer|Enregistrer|Choisir")).click()
    expect(page.get_by_role("button", name="J'ai lu cette information")).to_be_visible()


def _until(check: Callable[[], None], times: int = 10) -> None:
    """Try again while the mail is on its way."""
    for _ in range(times - 1):
        try:
            check()
        except AssertionError:
            continue
        return
    check()
