from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from egide.journal import Entry, MemoryJournal, Signer, chain, checkpoint

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer(bytes(range(32)))


@pytest.fixture(scope="session")
def exchange() -> Callable[..., list[Entry]]:
    """The two entries of one exchange."""

    def entries(name: str, **details: object) -> list[Entry]:
        told = {"person": "7", "provider": "mistral", "action": "mask", "labels": {"PERSON": 2}, **details}
        closed = {"status": "done", "output_tokens": 120, "upstream_ms": 812.5}
        return [
            Entry("opened", name, NOW.isoformat(), told),
            Entry("closed", name, NOW.isoformat(), closed),
        ]

    return entries


@pytest.fixture
def journal(signer: Signer, exchange: Callable[..., list[Entry]]) -> MemoryJournal:
    """Two writers; the first: 4 records, a checkpoint, 2 records; the second: 2 records, a checkpoint."""
    store = MemoryJournal()
    for writer, before, after in (("gateway-1", 2, 1), ("gateway-2", 1, 0)):
        names = [f"{writer}-{number}" for number in range(before + after)]
        first = chain(None, writer, [e for name in names[:before] for e in exchange(name)])
        signed = checkpoint(first[-1], signer, NOW)
        last = chain(signed, writer, [e for name in names[before:] for e in exchange(name)])
        store.append([*first, signed, *last])
    return store
