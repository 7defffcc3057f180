"""People, a need, and the moment: reasons are kept and codes are given in a time that the test leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from egide.policy import Role
from egide.ports import Need, Recognised
from egide.workspace import setup

setup.start()  # models may only be imported once Django is loaded

from egide.workspace.accounts.models import User  # noqa: E402

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
REASON = "Répondre à la CPAM sur un arrêt de travail."
KINDS = (Recognised("HEALTH", "approve", 2), Recognised("PERSON", "mask", 1))


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def anne(person: Callable[..., User]) -> User:
    return person(Role.PILOT, name="Anne Morvan")


@pytest.fixture
def need(zoe: User) -> Callable[..., Need]:
    """What Zoé's exchange needs; some of it changed."""
    made = Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "api", False, KINDS)

    def change(**changes: Any) -> Need:
        return replace(made, **changes)

    return change
