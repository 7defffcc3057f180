"""Open the workspace's databases, up to date, for the server or for one command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from egide.server.locks import waited
from egide.settings import Settings
from egide.workspace import setup


def bring_up_to_date(settings: Settings) -> None:
    """Load Django and migrate; several processes may start at once, one migrates, the others wait."""
    settings.prepare()
    setup.start(settings)
    with waited(settings.data_dir, "migrate.lock"):
        setup.migrate()
    connections.close_all()


@contextmanager
def workspace(settings: Settings) -> Iterator[None]:
    """The workspace's services may be called inside; nothing is left open after."""
    bring_up_to_date(settings)
    try:
        yield
    finally:
        connections.close_all()
