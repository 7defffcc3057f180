from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from egide.journal import Entry, Record, chain
from egide.pseudonymisation import Keyring, Scope, SealedEntry
from egide.pseudonymisation.vault import Sealer


@pytest.fixture
def entries() -> Callable[..., list[Entry]]:
    """The two entries of each of these exchanges."""

    def make(*names: str, at: str = "2026-11-24T09:30:00+00:00", **details: object) -> list[Entry]:
        told = {"person": "p7", "usage": "devis", "provider": "mistral", "action": "mask", **details}
        told.setdefault("labels", {"PERSON": 2, "IBAN": 1})
        end = {"status": "complete", "input_tokens": 100, "output_tokens": 20}
        found = []
        for name in names:
            found += [Entry("opened", name, at, told), Entry("closed", name, at, end)]
        return found

    return make


@pytest.fixture
def records(entries: Callable[..., list[Entry]]) -> Callable[..., list[Record]]:
    """Chained records of one writer, after ``last``."""

    def make(
        names: Sequence[str], writer: str = "w1", last: Record | None = None, **told: object
    ) -> list[Record]:
        return chain(last, writer, entries(*names, **told))

    return make


@pytest.fixture
def sealed() -> Callable[..., SealedEntry]:
    """A sealed value of one scope."""
    sealer = Sealer(Keyring(b"k" * 32), Scope("entreprise", "p7", "devis", "c1"))

    def make(code: str, value: str = "Mme Perrin") -> SealedEntry:
        return sealer.seal(code, "PERSON", value)

    return make
