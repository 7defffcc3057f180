"""Mail servers on a real socket: a good one (aiosmtpd), and some that behave badly, made by hand."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ACCOUNT, PASSWORD = "egide@entreprise.example", "lampe verte"


class Box:
    """Takes mail, unless ``answer`` gives another reply at a step ("MAIL", "RCPT", "DATA")."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answer: Callable[[str], str | None] = lambda step: None
        self.asked: list[str] = []

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append("MAIL")
        if (reply := self.answer("MAIL")) is None:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append("RCPT")
        if (reply := self.answer("RCPT")) is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.asked.append("DATA")
        if (reply := self.answer("DATA")) is not None:
            return reply
        assert isinstance(envelope.content, bytes)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.taken.append(parsed)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


def _authenticated(server: SMTP, session: Session, envelope: Envelope, way: str, told: Any) -> AuthResult:
    right = LoginPassword(ACCOUNT.encode(), PASSWORD.encode())
    return AuthResult(success=told == right, handled=False)


@contextlib.contextmanager
def box(security: str = "none", *, login: bool = False) -> Iterator[tuple[Box, int]]:
    """A good server, its box and its port."""
    handler, told = Box(), dict[str, Any]()
    if login:
        told |= {"authenticator": _authenticated, "auth_required": True, "auth_require_tls": False}
    if security == "starttls":
        told |= {"tls_context": _server_context(), "require_starttls": True}
    if security == "tls":
        told["ssl_context"] = _server_context()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **told)
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def scripted(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does ``talk`` with each who comes; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    over, threads = threading.Event(), list[threading.Thread]()

    def each(one: socket.socket) -> None:
        with one, contextlib.suppress(OSError):
            talk(one)

    def listen() -> None:
        while not over.is_set():
            try:
                one, _ = listener.accept()
            except OSError:
                return
            one.settimeout(30)
            threads.append(threading.Thread(target=each, args=(one,), daemon=True))
            threads[-1].start()

    listening = threading.Thread(target=listen, daemon=True)
    listening.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        listening.join(5)
        for one in threads:
            one.join(5)


def lines(one: socket.socket) -> Iterator[str]:
    """What the client says, line by line."""
    with one.makefile("rb") as read:
        for line in read:
            yield line.decode(errors="replace").strip()


def until_data(one: socket.socket, body: Callable[[socket.socket], None]) -> None:
    """Speak well until the message is to come, then do ``body``."""
    one.sendall(b"220 here\r\n")
    for line in lines(one):
        if line.upper().startswith("DATA"):
            body(one)
            return
        one.sendall(b"250 OK\r\n")


@cache
def certificate() -> str:
    """A certificate for 127.0.0.1, its own authority, in PEM."""
    return _made()[0]


@cache
def _made() -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test")])
    now = dt.datetime.now(dt.UTC)
    alone = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(alone, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), private.decode()


@cache
def _server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_text("".join(_made()))
        context.load_cert_chain(path)
    return context
