"""The tables of what the gateway opens and reads: its addresses, and their fields. For the docs and their
test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from egide.gateway.batches import table
from egide.gateway.dialects import dialects
from egide.gateway.endpoints import Closed, Endpoint, Opened, Stored, endpoints


class Row(NamedTuple):
    """One field of one endpoint. ``direction`` is « requête » or « réponse »."""

    endpoint: str
    direction: str
    field: str
    treatment: str


class Address(NamedTuple):
    """One path: the method that it takes, for which protocols, and what happens there."""

    method: str
    path: str
    protocol: str
    says: str


def addresses() -> Iterator[Address]:
    """Every path that is known, those that are open first; any other is refused (EG-4013)."""
    protocols = {"openai": "OpenAI", "anthropic": "Anthropic", None: "OpenAI, Anthropic"}
    for one in sorted(dict.fromkeys(endpoints().values()), key=lambda one: isinstance(one, Closed)):
        if not isinstance(one, Stored):
            yield _address(one, protocols[one.kind])
            continue
        for way in one.ways:
            kind = one.kind or "openai"
            yield Address(way.method, f"/v1{one.path}{way.tail}", protocols[kind], _sentence(way.says))
        if one.elsewhere is not None:
            yield _address(one.elsewhere, protocols[one.elsewhere.kind])


def rows() -> Iterator[Row]:
    """Every field that is known; any other is refused in a request, and restored as text in an answer."""
    opened = {one.path: one.dialect for one in endpoints().values() if isinstance(one, Opened)}
    for path, dialect in (dialects() | opened).items():
        for name, treatment in dialect.request.rows(""):
            yield Row(f"/v1{path}", "requête", name, treatment)
        for name, treatment in dialect.answer.items():
            yield Row(f"/v1{path}", "réponse", name, treatment)
    for path, direction, name, treatment in table.rows():
        yield Row(f"/v1{path}", direction, name, treatment)


def _address(one: Endpoint, protocol: str) -> Address:
    says = _sentence(one.says)
    if isinstance(one, Closed):
        unless = ", sauf si la politique l'ouvre" if isinstance(one, Opened) else ""
        says = f"**Refusée** ({one.code}){unless}. {says}"
    return Address(one.method or "toutes", f"/v1{one.path}", protocol, says)


def _sentence(says: str) -> str:
    return says[0].upper() + says[1:]
