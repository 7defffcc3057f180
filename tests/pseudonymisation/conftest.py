from __future__ import annotations

import pytest

from egide.detection import Finding
from egide.pseudonymisation import Keyring, MemoryVaultStore, Pseudonymiser, Scope, Session

MASTER = b"une cle maitresse de test, assez longue"
TEXT = 'Jean Dupont\nA\n06 39 98 10 10\nFR76 "x" \\ fin\nÉlodie N\'Diaye'
LABELS = ("PERSON", "PERSON", "PHONE", "CONTRACT_REF", "PERSON")


def findings_by_line(text: str, labels: tuple[str, ...]) -> list[Finding]:
    found, start = [], 0
    for line, label in zip(text.split("\n"), labels, strict=True):
        found.append(Finding(start, start + len(line), label, 1.0, "test", ""))
        start += len(line) + 1
    return found


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(MASTER)


@pytest.fixture
def scope() -> Scope:
    return Scope("entreprise", "personne", "usage", "conversation")


@pytest.fixture
def pseudonymiser(keyring: Keyring) -> Pseudonymiser:
    return Pseudonymiser(keyring, MemoryVaultStore())


@pytest.fixture
def session(pseudonymiser: Pseudonymiser, scope: Scope) -> Session:
    """A session that has issued five values, one of a single letter and one that JSON must escape."""
    session = pseudonymiser.session(scope)
    session.mask(TEXT, findings_by_line(TEXT, LABELS))
    return session
