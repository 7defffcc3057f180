"""The table of what the gateway reads: endpoint, direction, field, treatment. For the docs and their test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from egide.gateway.dialects import dialects


class Row(NamedTuple):
    """One field of one endpoint. ``direction`` is « requête » or « réponse »."""

    endpoint: str
    direction: str
    field: str
    treatment: str


def rows() -> Iterator[Row]:
    """Every field that is known; any other is refused in a request, and restored as text in an answer."""
    for path, dialect in dialects().items():
        for name, treatment in dialect.request.rows(""):
            yield Row(f"/v1{path}", "requête", name, treatment)
        for name, treatment in dialect.answer.items():
            yield Row(f"/v1{path}", "réponse", name, treatment)
