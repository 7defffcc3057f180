"""The way to a mail server, good or bad, on a real socket."""

from __future__ import annotations

import smtplib
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from tests.workspace.mail.conftest import kept
from tests.workspace.mail.servers import (
    ACCOUNT,
    PASSWORD,
    box,
    certificate,
    free_port,
    lines,
    scripted,
    until_data,
)  # fmt: skip

from egide.policy.network import context_of
from egide.workspace.mail import troubles
from egide.workspace.mail.connecting import Connection, Sending, TakenError, _Backend
from egide.workspace.mail.models import Relay
from egide.workspace.mail.troubles import Scope, Trouble

pytestmark = [
    pytest.mark.usefixtures("db"),
    # A login in clear, on the machine itself.
    pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning"),
]


def _mail() -> EmailMessage:
    return EmailMessage(
        "Sujet é", "Corps\n.\nfin", "Égide <egide@entreprise.example>", ["zoe@entreprise.example"]
    )


def _trouble(relay: Relay, *, silence: float = 5.0, whole: float = 20.0) -> Trouble:
    connection = Connection(relay, silence=silence, whole=whole)
    try:
        connection.send(_mail())
    except Exception as problem:
        return troubles.of(problem, connection.sending.stage, late=connection.sending.late)
    finally:
        connection.close()
    pytest.fail("it was sent")


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("login", [False, True])
def test_a_mail_arrives_whole(security: str, login: bool) -> None:
    with box(security, login=login) as (handler, port):
        told = {"account": ACCOUNT, "password": PASSWORD} if login else {}
        authority = "" if security == "none" else certificate()
        connection = Connection(kept(port, security=security, authority=authority, **told))
        connection.send(_mail())
        connection.send(_mail())
        assert connection.sent == 2
        connection.close()
    assert [str(one["Subject"]) for one in handler.taken] == ["Sujet é", "Sujet é"]
    assert handler.taken[0].get_content().split() == ["Corps", ".", "fin"]
    assert handler.recipients == ["zoe@entreprise.example"] * 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_stops_everything(security: str) -> None:
    with box(security, login=True) as (handler, port):
        told = {"account": ACCOUNT, "password": PASSWORD}
        assert _trouble(kept(port, security=security, **told)).kind == "certificate"
        other = kept(port, security=security, authority=certificate(), host="localhost", **told)
        assert _trouble(other).kind == "certificate"
        assert (handler.asked, handler.taken) == ([], [])


def test_an_authority_is_trusted_as_it_is_for_a_provider(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    told = kept(free_port(), security="tls", authority=certificate())
    context = _Backend(told, Sending(), 1.0).ssl_context
    assert context is context_of(certificate())
    assert (context.keylog_filename, context.check_hostname) == (None, True)


def test_a_wrong_password_is_told_and_is_nobodys_mail() -> None:
    with box(login=True) as (_, port):
        found = _trouble(kept(port, account=ACCOUNT, password="autre"))
        accented = _trouble(kept(port, account=ACCOUNT, password="clé"))
    assert (found.kind, found.scope, found.reply) == ("login", Scope.SERVER, 535)
    assert accented.kind == "login"


def test_nothing_leaves_in_clear_when_starttls_is_asked_for() -> None:
    with box(login=True) as (handler, port):
        told = kept(port, security="starttls", account=ACCOUNT, password=PASSWORD)
        assert _trouble(told).kind == "no_starttls"
        assert handler.asked == []


def test_an_account_for_a_server_that_has_none() -> None:
    with box() as (_, port):
        assert _trouble(kept(port, account=ACCOUNT, password=PASSWORD)).kind == "no_login"


def test_in_clear_to_another_machine_needs_the_tick() -> None:
    relay = kept(free_port(), host="mail.entreprise.example")
    connection = Connection(relay)
    with pytest.raises(smtplib.SMTPNotSupportedError):
        connection.open()
    assert connection.sending.client is None


def test_a_name_that_nobody_has_and_a_port_where_nobody_is() -> None:
    assert _trouble(kept(25, host="a b", in_clear=True)).kind == "name"
    assert _trouble(kept(free_port())).kind == "refused"


def _hangs(one: socket.socket) -> None:
    while one.recv(100):
        pass


def _drips(one: socket.socket) -> None:
    one.sendall(b"2")
    while True:
        time.sleep(0.05)
        one.sendall(b"2")


def _leaves(one: socket.socket) -> None:
    one.sendall(b"220 here\r\n")
    one.recv(100)


def _greets(text: bytes) -> Callable[[socket.socket], None]:
    def talk(one: socket.socket) -> None:
        one.sendall(text)
        with suppress(OSError):
            _hangs(one)

    return talk


@pytest.mark.parametrize(
    ("talk", "kind"),
    [
        (_hangs, "timeout"),
        (_drips, "timeout"),
        (_leaves, "lost"),
        (lambda one: None, "lost"),
        (_greets(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "protocol"),
        (_greets(b"554 go away zoe@entreprise.example\r\n"), "protocol"),
        (_greets(b"421 too busy\r\n"), "later"),
        (_greets(b"\x00\xff\xfe" * 9000), "protocol"),
    ],
)
def test_a_server_that_behaves_badly_is_told_in_time(
    talk: Callable[[socket.socket], None], kind: str
) -> None:
    start = time.monotonic()
    with scripted(talk) as port:
        found = _trouble(kept(port), silence=0.5, whole=1.0)
    assert found.kind == kind
    assert found.scope is Scope.SERVER
    assert time.monotonic() - start < 15
    assert "entreprise" not in found.reason


def test_a_server_in_clear_where_tls_is_expected() -> None:
    with scripted(_greets(b"220 here\r\n")) as port:
        assert _trouble(kept(port, security="tls"), silence=1).kind in ("tls", "timeout")


def _drip_recipient(one: socket.socket) -> None:
    one.sendall(b"220 here\r\n")
    for line in lines(one):
        if line.upper().startswith("RCPT"):
            while True:
                time.sleep(0.05)
                one.sendall(b"2")
        one.sendall(b"250 OK\r\n")


def test_before_the_message_is_given_it_is_tried_again() -> None:
    with scripted(_drip_recipient) as port:
        found = _trouble(kept(port), silence=5, whole=1)
    assert (found.kind, found.scope) == ("timeout", Scope.MAIL_LATER)


def _takes_then(end: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    def body(one: socket.socket) -> None:
        one.sendall(b"354 go on\r\n")
        for line in lines(one):
            if line == ".":
                break
        end(one)

    return lambda one: until_data(one, body)


@pytest.mark.parametrize("end", [lambda one: None, _hangs, lambda one: one.sendall(b"25")])
def test_once_it_was_given_nobody_knows(end: Callable[[socket.socket], None]) -> None:
    with scripted(_takes_then(end)) as port:
        found = _trouble(kept(port), silence=0.5, whole=2)
    assert (found.kind, found.scope) == ("uncertain", Scope.UNCERTAIN)


@pytest.mark.parametrize(
    ("step", "reply", "kind", "scope"),
    [
        ("MAIL", "550 no", "sender", Scope.SERVER),
        ("MAIL", "451 later", "later", Scope.SERVER),
        ("RCPT", "550 no such zoe", "recipient", Scope.MAIL),
        ("RCPT", "450 greylisted", "later", Scope.MAIL_LATER),
        ("RCPT", "421 closing", "later", Scope.SERVER),
        ("DATA", "554 spam", "content", Scope.MAIL),
        ("DATA", "452 full", "later", Scope.MAIL_LATER),
    ],
)
def test_what_a_server_answers_is_known_and_its_words_are_not_kept(
    step: str, reply: str, kind: str, scope: Scope
) -> None:
    with box() as (handler, port):
        handler.answer = lambda asked: reply if asked == step else None
        found = _trouble(kept(port))
    assert found == Trouble(kind, scope, int(reply[:3]))
    assert (reply[4:] in found.reason) is False


def test_a_mail_that_another_worker_has_is_not_given() -> None:
    with box() as (handler, port):
        connection = Connection(kept(port))
        with pytest.raises(TakenError):
            connection.send(_mail(), lambda: False)
        connection.close()
    assert "DATA" not in handler.asked
