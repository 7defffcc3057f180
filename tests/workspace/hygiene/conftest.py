from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from egide.policy import Role
from egide.reference.hygiene import hygiene
from egide.workspace.accounts.models import User
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Campaign


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.fixture
def campaign(pilot: User) -> Campaign:
    """On every theme."""
    return services.start(hygiene().themes, date(2126, 1, 1), pilot)


@pytest.fixture
def team(person: Callable[..., User]) -> list[User]:
    return [
        person(email=f"{name}@entreprise.example") for name in ("anne", "luc", "nora", "paul", "remi", "sara")
    ]
