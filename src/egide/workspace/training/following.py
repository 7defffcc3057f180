"""Where everybody is: counts by module, and what each person passed or is late with. No answer, no score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from egide.reference.training import Module
from egide.workspace.accounts.models import User
from egide.workspace.training.models import Certificate, Recall
from egide.workspace.training.plan import Standing, State, standing
from egide.workspace.training.rules import rules
from egide.workspace.training.services import last_passed


@dataclass(frozen=True, slots=True)
class Count:
    """How many people are up to date with a module, have to pass it, or should have by now."""

    module: Module
    passed: int
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Follow:
    """A person and their modules, in order."""

    person: User
    standings: tuple[Standing, ...]

    @property
    def passed(self) -> int:
        return sum(one.state is State.PASSED for one in self.standings)

    @property
    def late(self) -> tuple[int, ...]:
        """The modules that are late, as pages number them."""
        return tuple(number for number, one in enumerate(self.standings, start=1) if one.late)


def everybody(today: date | None = None) -> list[Follow]:
    """Every active person, by their addresses."""
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


def counts(people: Sequence[Follow]) -> list[Count]:
    """The same, by module."""
    found: Counter[tuple[str, str]] = Counter()
    for one in people:
        for where in one.standings:
            found[where.module.id, "passed" if where.state is State.PASSED else "waiting"] += 1
            found[where.module.id, "late"] += where.late
    return [
        Count(
            rule.module,
            *(found[rule.module.id, what] for what in ("passed", "waiting", "late")),
        )
        for rule in rules()
    ]


def of_removed_people() -> int:
    """How many certificates of people whose account is no longer there."""
    return Certificate.objects.filter(person=None).count()


@transaction.atomic
def ask_again(module: Module, by: User) -> None:
    """Everybody has to pass this module again, from now on."""
    Recall.objects.create(module=module.id, by=by)
