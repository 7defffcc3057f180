"""Django's SMTP backend, watched: each mail has so many seconds, and one knows how far it went.

A server that gives one byte every ten seconds never lets a socket time out: the whole of a sending is timed
here, and the connection cut.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from threading import Timer
from typing import Any, Final

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from egide.policy.network import context_of
from egide.workspace.mail.models import Relay, Security
from egide.workspace.mail.relay import may_be_in_clear, password_of
from egide.workspace.mail.troubles import Stage

SILENCE_SECONDS: Final = 20.0
WHOLE_SECONDS: Final = 60.0


class TakenError(Exception):
    """Another worker took this mail meanwhile: it must not be given to the server by this one."""


@dataclass(slots=True)
class Sending:
    """How far the mail of the moment went, and the socket to cut when it takes too long."""

    stage: Stage = Stage.CONNECT
    late: bool = False
    # Asked just before the message is given; false: don't.
    hand: Callable[[], bool] = field(default=lambda: True)
    client: smtplib.SMTP | None = None

    def cut(self) -> None:
        """End what is being waited for."""
        self.late = True
        sock = getattr(self.client, "sock", None)
        if sock is not None:
            with suppress(OSError):
                # Not SSLSocket's own, which would forget its TLS state under the thread that reads it.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


class _Client(smtplib.SMTP):
    """Tells its ``Sending`` each step."""

    sending: Sending

    def starttls(self, *args: Any, **kwargs: Any) -> Any:
        self.sending.stage = Stage.STARTTLS
        return super().starttls(*args, **kwargs)

    def login(self, *args: Any, **kwargs: Any) -> Any:
        self.sending.stage = Stage.LOGIN
        return super().login(*args, **kwargs)

    def mail(self, *args: Any, **kwargs: Any) -> Any:
        self.sending.stage = Stage.ENVELOPE
        return super().mail(*args, **kwargs)

    def data(self, *args: Any, **kwargs: Any) -> Any:
        if not self.sending.hand():
            raise TakenError
        self.sending.stage = Stage.HANDED
        return super().data(*args, **kwargs)


class _Plain(_Client):
    def __init__(self, sending: Sending, *args: Any, **kwargs: Any) -> None:
        self.sending = sending
        sending.client = self
        super().__init__(*args, **kwargs)


class _Tls(_Client, smtplib.SMTP_SSL):
    def __init__(self, sending: Sending, *args: Any, **kwargs: Any) -> None:
        self.sending = sending
        sending.client = self
        super().__init__(*args, **kwargs)


class _Backend(EmailBackend):
    def __init__(self, relay: Relay, sending: Sending, silence: float) -> None:
        super().__init__(
            host=relay.host,
            port=relay.port,
            username=relay.account,
            password=password_of(relay) or "",
            use_tls=relay.security == Security.STARTTLS,
            use_ssl=relay.security == Security.TLS,
            timeout=silence,
        )
        self._authority, self._sending = relay.authority, sending

    @property
    def connection_class(self) -> Any:
        return partial(_Tls if self.use_ssl else _Plain, self._sending)

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        return context_of(self._authority) if self._authority else ssl.create_default_context()


class Connection:
    """One connection to the server, for one mail or several. Times in seconds."""

    def __init__(
        self, relay: Relay, *, silence: float = SILENCE_SECONDS, whole: float = WHOLE_SECONDS
    ) -> None:
        self.sending = Sending()
        self._whole = whole
        self._relay, self._silence = relay, silence
        self._backend: _Backend | None = None
        self.sent = 0

    def open(self) -> None:
        """Connect, encrypt, log in. Raises what smtplib, ssl and the network raise.

        And PseudonymisationError EG-2001 when the password that was kept no longer opens.
        """
        self._opened()

    def _opened(self) -> _Backend:
        relay = self._relay
        if relay.security == Security.NONE and not may_be_in_clear(relay.host, relay.in_clear):
            raise smtplib.SMTPNotSupportedError
        if self._backend is None:
            self.sending.stage, self.sent = Stage.CONNECT, 0
            backend = _Backend(relay, self.sending, self._silence)
            with self._timed():
                backend.open()
            self._backend = backend
        return self._backend

    def send(self, message: EmailMessage, hand: Callable[[], bool] = lambda: True) -> None:
        """Give one message. Raises likewise, or TakenError when ``hand`` says no."""
        backend = self._opened()
        self.sending.stage, self.sending.hand = Stage.CONNECT, hand
        with self._timed():
            backend.send_messages([message])
        self.sent += 1

    def close(self) -> None:
        """Politely if the server lets it, in any case."""
        if self._backend is not None:
            with suppress(Exception), self._timed(5.0):
                self._backend.close()
        client = self.sending.client
        if client is not None:
            with suppress(Exception):
                client.close()
        self._backend = self.sending.client = None

    @contextmanager
    def _timed(self, seconds: float | None = None) -> Iterator[None]:
        self.sending.late = False
        timer = Timer(self._whole if seconds is None else seconds, self.sending.cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
