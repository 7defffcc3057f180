"""A mail server that is set, and a mail to give it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.workspace.mail.servers import Box, box

from egide.workspace import wiring
from egide.workspace.mail import relay
from egide.workspace.mail.models import Relay

To = Callable[..., Relay]


def kept(port: int, password: str = "", **fields: object) -> Relay:
    """The mail server as an administrator set it."""
    told = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sender_name": "Égide",
        "sender_address": "egide@entreprise.example",
        "public_address": "https://egide.entreprise.example",
    }
    made = Relay(**{**told, **fields})
    sealed = wiring.keyring().seal(password.encode(), relay._context(made)) if password else None
    made.sealed_password = sealed
    Relay.objects.all().delete()
    made.save()
    return made


@pytest.fixture
def smtp() -> Iterator[tuple[Box, int]]:
    """A good server in clear, and its port."""
    with box() as found:
        yield found


@pytest.fixture
def mailbox(db: None, smtp: tuple[Box, int]) -> Box:
    """What the server that is set has taken."""
    handler, port = smtp
    kept(port)
    return handler
