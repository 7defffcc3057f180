"""The administrator's page, and the trial."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from tests.workspace.mail.conftest import kept
from tests.workspace.mail.servers import ACCOUNT, PASSWORD, box, certificate, free_port

from egide.errors import PseudonymisationError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.mail import invitations, outbox, relay
from egide.workspace.mail.models import Relay

Browser = Callable[..., Client]
# A login in clear, on the machine itself.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")
TOLD = {
    "host": "127.0.0.1", "port": "2525", "security": "starttls", "account": "", "password": "",
    "sender_name": "Égide", "sender_address": "egide@entreprise.example",
    "public_address": "http://127.0.0.1:8484", "reminders": "on", "authority": "",
}  # fmt: skip


@pytest.fixture
def admin(db: None, browser: Browser) -> Client:
    return browser(Role.ADMIN)


def _page(client: Client, url: str = "/courriel/", **told: object) -> str:
    response = client.post(url, {**TOLD, **told}, follow=True) if told else client.get(url)
    return unescape(response.content.decode())


def _try(client: Client) -> str:
    Relay.objects.update(tested_at=None)
    return unescape(client.post("/courriel/essai/", follow=True).content.decode())


def test_a_server_is_set_tried_and_given_up(admin: Client) -> None:
    empty = _page(admin)
    assert "tout marche sans" in empty
    assert 'value="http://127.0.0.1:8484"' in empty
    with box("starttls", login=True) as (handler, port):
        told = {"port": port, "account": ACCOUNT, "password": PASSWORD, "authority": certificate()}
        assert "Enregistré" in _page(admin, **told)
        page = _try(admin)
        assert "Essai parti vers admin@entreprise.example" in page
        assert "Dernier essai" in page
        assert PASSWORD not in page
        assert handler.recipients == ["admin@entreprise.example"]
        assert "trop vite" not in page
        again = unescape(admin.post("/courriel/essai/", follow=True).content.decode())
        assert "Attendez 10 secondes" in again
        assert len(handler.taken) == 1
    assert "ne s'ouvre que sur cette machine" in page
    assert PASSWORD.encode() not in bytes(relay.needed().sealed_password or b"")
    assert "n'envoie plus" in unescape(admin.post("/courriel/arreter/", follow=True).content.decode())
    assert relay.current() is None


def test_what_is_wrong_is_told_in_plain_french(
    admin: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept(free_port())
    assert "refuse la connexion" in _try(admin)
    with box() as (handler, port):
        kept(port)
        handler.answer = lambda step: "553 not yours: egide@entreprise.example" if step == "MAIL" else None
        page = _try(admin)
        assert "refuse l'adresse de l'expéditeur (réponse 553)" in page
        assert "not yours" not in page
        kept(port, security="starttls")
        assert "ne propose pas STARTTLS" in _try(admin)
    with box("tls") as (_, port):
        kept(port, security="tls")
        assert "certificat" in _try(admin)
    assert "entreprise.example" not in caplog.text


def test_a_trial_that_works_lets_go_what_was_stopped(admin: Client, person: Callable[..., User]) -> None:
    kept(free_port())
    invitations.invite([person(email="zoe@x.example")], timezone.now())
    outbox.send_all(timezone.now, lambda: True)
    page = _page(admin)
    assert "Rien ne part en ce moment : le serveur refuse la connexion" in page
    with box() as (handler, port):
        Relay.objects.update(port=port)
        assert "Essai parti" in _try(admin)
        assert outbox.send_all(timezone.now, lambda: True) == 1
        assert handler.recipients == ["admin@entreprise.example", "zoe@x.example"]


def test_on_an_english_page_a_failure_is_in_english_and_the_mail_in_french(admin: Client) -> None:
    admin.cookies["egide-language"] = "en"
    kept(free_port())
    assert "The test was not sent: the server refuses the connection." in _try(admin)
    assert ": the server refuses the connection." in _page(admin)
    with box() as (handler, port):
        Relay.objects.update(port=port)
        assert "Test sent to admin@entreprise.example" in _try(admin)
        (taken,) = handler.taken
        assert taken["Subject"] == "Essai du courriel d'Égide"
        assert "vous lisez son essai" in taken.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"host": "https://mail.x.example"}, "sans « https:// » ni port"),
        ({"host": "mail.x.example\r\nQUIT"}, "sans « https:// » ni port"),
        ({"security": "none", "host": "mail.x.example"}, "si vous le voulez vraiment"),
        ({"security": "ssl3"}, "ssl3"),
        ({"sender_name": "Égide\x00\x07"}, "caract"),
        ({"sender_name": "Égide\u2028Bcc: a@b.c"}, "ne se voit pas"),
        ({"sender_address": "a@b.example\r\nBcc: c@d.example"}, "adresse"),
        ({"public_address": "https://ailleurs.example"}, "EGIDE_PUBLIC_URL"),
        ({"public_address": "http://127.0.0.1:8484/autre/?a=1"}, "site seule"),
        ({"public_address": "javascript:alert(1)"}, "URL"),
        ({"password": "secret"}, "Écrivez le compte"),
        ({"authority": "-----BEGIN PRIVATE KEY-----"}, "clé"),
        ({"port": "0"}, "1"),
    ],
)
def test_what_would_be_unsafe_is_refused(told: dict[str, str], said: str, admin: Client) -> None:
    page = _page(admin, **told)
    assert 'aria-invalid="true"' in page
    assert said in page
    assert relay.current() is None


def test_in_clear_is_for_this_machine_or_for_who_says_so(admin: Client) -> None:
    assert "Enregistré" in _page(admin, security="none")
    assert "Enregistré" in _page(admin, security="none", host="mail.x.example", in_clear="on")


def test_the_password_stays_with_its_server(admin: Client) -> None:
    _page(admin, account=ACCOUNT, password=PASSWORD)
    assert PASSWORD not in _page(admin)
    _page(admin, account=ACCOUNT, sender_name="Atelier")
    assert (relay.password_of(relay.needed()), relay.needed().sender_name) == (PASSWORD, "Atelier")
    page = _page(admin, account=ACCOUNT, host="127.0.0.2")
    assert "écrivez de nouveau le mot de passe" in page
    assert relay.needed().host == "127.0.0.1"
    Relay.objects.update(host="voleur.example")
    with pytest.raises(PseudonymisationError):
        relay.password_of(relay.needed())
    assert "ne s'ouvre plus" in _try(admin)
    assert "écrivez-le de nouveau" in _page(admin)


def test_without_an_account_no_password_is_kept(admin: Client) -> None:
    _page(admin, account=ACCOUNT, password=PASSWORD)
    _page(admin, account="")
    assert relay.needed().sealed_password is None


def test_failures_are_listed_with_their_reason(admin: Client, person: Callable[..., User]) -> None:
    with box() as (handler, port):
        kept(port)
        handler.answer = lambda step: "550 no" if step == "RCPT" else None
        invitations.invite([person(email="zoe@x.example", name="Zoé")], timezone.now())
        outbox.send_all(timezone.now, lambda: True)
    page = _page(admin)
    assert "Zoé" in page
    assert "Le serveur refuse l'adresse de la personne (réponse 550)" in page


def test_changing_the_server_tries_again_at_once(admin: Client) -> None:
    kept(free_port())
    Relay.objects.update(resume_at=timezone.now() + timedelta(hours=2), trouble="login", failures=5)
    _page(admin)
    _page(admin, port=2600)
    server = relay.needed()
    assert (server.resume_at, server.trouble, server.failures) == (None, "", 0)
