"""``ports.Justifications`` in SQL. Each call comes from another thread, and leaves no connection open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from egide.ports import Accepted, Need, Pending
from egide.workspace.justifications import services


class SqlJustifications:
    """See ``ports.Justifications``."""

    def ask(self, need: Need) -> Pending:
        with _connected():
            row = services.ask(need, timezone.now())
            return Pending(row.public_id, services.address(row.public_id))

    def redeem(self, need: Need, code: str, exchange: str) -> Accepted:
        with _connected():
            return services.redeem(need, code, exchange, timezone.now())

    def explain(self, need: Need, reason: str, exchange: str) -> Accepted:
        with _connected():
            return services.settle(need, reason, exchange, timezone.now())


@contextmanager
def _connected() -> Iterator[None]:
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
