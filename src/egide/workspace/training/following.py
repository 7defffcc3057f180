"""Where everybody is: counts by module, and what each person passed or is late with. No answer, no score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils import timezone

from egide.reference.training import Module
from egide.workspace.accounts.models import User
from egide.workspace.training.levels import Level, levels, overdue_since
from egide.workspace.training.models import Certificate, Recall
from egide.workspace.training.plan import Standing, standing
from egide.workspace.training.rules import rules
from egide.workspace.training.services import last_passed

NOTHING: Final[Mapping[Level, list[int]]] = MappingProxyType({one: [] for one in Level})


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are up to date with a module, have to pass it, or should have by now."""

    module: Module
    passed: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Brief:
    """A person: the modules they are up to date with and those they are late with, by their numbers."""

    name: str
    email: str
    passed: tuple[int, ...]
    late: tuple[int, ...]

    @property
    def shown(self) -> str:
        return self.name or self.email


@dataclass(frozen=True, slots=True)
class Overview:
    """Every active person, by their addresses, and the same by module."""

    people: tuple[Brief, ...]
    counts: tuple[Count, ...]


def overview(today: date | None = None) -> Overview:
    """Where everybody is, in as many questions to the database for one as for thousands."""
    day, asked = today or timezone.localdate(), rules()
    numbers = {rule.module.id: number for number, rule in enumerate(asked, start=1)}
    limit = overdue_since(day)
    old = frozenset(numbers[rule.module.id] for rule in asked if rule.first < limit)
    of: dict[int, dict[Level, list[int]]] = {}
    for person, module, level in levels(asked, day):
        if module in numbers:
            found = of.get(person) or of.setdefault(person, {one: [] for one in Level})
            found[level].append(numbers[module])
    people = []
    up_to_date: Counter[int] = Counter()
    behind: Counter[int] = Counter()
    for pk, name, email, created in User.objects.filter(is_active=True).values_list(
        "pk", "name", "email", "created_at"
    ):
        own = of.get(pk, NOTHING)
        passed, late = own[Level.PASSED], own[Level.LATE]
        if created < limit and len(passed) + len(late) + len(own[Level.TO_RENEW]) < len(numbers):
            late = [*late, *old.difference(*own.values())]
        up_to_date.update(passed)
        behind.update(late)
        people.append(Brief(name, email, tuple(sorted(passed)), tuple(sorted(late))))
    counts = [
        Count(rule.module, up_to_date[number], len(people) - up_to_date[number], behind[number])
        for number, rule in enumerate(asked, start=1)
    ]
    return Overview(tuple(people), tuple(counts))


@dataclass(frozen=True, slots=True)
class Follow:
    """A person and their modules, in order, with all the dates."""

    person: User
    standings: tuple[Standing, ...]


def everybody(today: date | None = None) -> list[Follow]:
    """Every active person, by their addresses: for the proof, which tells each date."""
    asked, last = rules(), last_passed()
    day = today or timezone.localdate()
    return [
        Follow(
            person,
            tuple(
                standing(rule, last.get((person.pk, rule.module.id)), person.created_at, day)
                for rule in asked
            ),
        )
        for person in User.objects.filter(is_active=True)
    ]


def of_removed_people() -> int:
    """How many certificates of people whose account is no longer there."""
    return Certificate.objects.filter(person=None).count()


def ask_again(module: Module, by: User) -> None:
    """Everybody has to pass this module again, from now on."""
    Recall.objects.create(module=module.id, by=by)
