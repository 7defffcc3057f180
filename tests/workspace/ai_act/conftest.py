"""Usages to assess, and answers to the questions of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from egide.reference.ai_act import ai_act
from egide.workspace.accounts.models import User
from egide.workspace.ai_act import services
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.walk import walk
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage

DRAFTING = ("A1", "A4", "B1", "E2", "G1")
RECRUITING = ("A1", "A4", "B1", "D2_4", "D2_4a", "D4", "D8", "G1")
CREDIT = ("A1", "A4", "B1", "D2_5", "D2_5b", "D4", "G1")


def answers(yes: Iterable[str], unknown: Iterable[str] = ()) -> dict[str, str]:
    """The answers of a whole walk: « no » to what is not named."""
    told: dict[str, str] = {}
    while (asked := walk(ai_act(), told).next) is not None:
        told[asked.id] = "yes" if asked.id in yes else "unknown" if asked.id in unknown else "no"
    return told


@pytest.fixture
def usage(db: None) -> Usage:
    return usages.add("Courriers", "Rédiger des courriers")


@pytest.fixture
def answered(usage: Usage) -> Callable[..., Assessment]:
    """Answers the whole walk for a usage; confirms it when a pilot is given."""

    def make(
        yes: Iterable[str] = DRAFTING,
        unknown: Iterable[str] = (),
        *,
        by: User | None = None,
        about: Usage | None = None,
    ) -> Assessment:
        told = answers(yes, unknown)
        one = Assessment.objects.create(usage=about or usage, table=services.version(), answers=told)
        if by is not None:
            return services.confirm(about or usage, by, read=services.stamp(told))
        return one

    return make
