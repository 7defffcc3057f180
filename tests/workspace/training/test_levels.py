"""The database and ``plan`` say the same of everybody, whatever the dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from egide.reference.training import modules, version
from egide.workspace.accounts.models import User
from egide.workspace.training import following
from egide.workspace.training.levels import Level, levels, passed
from egide.workspace.training.models import Certificate, Edition, Recall
from egide.workspace.training.plan import State
from egide.workspace.training.rules import rules

TODAY = date(2028, 3, 15)


def _some_day(chance: Random) -> datetime:
    """Anywhere in three years, and often a day where a rule turns."""
    turns = (0, 29, 30, 31, 335, 336, 337, 364, 365, 366, 367)
    days = chance.choice(turns) if chance.random() < 0.7 else chance.randrange(1_000)
    # Late in the evening in Paris is another day in UTC.
    minute = chance.choice((0, 1, 719, 1_379, 1_381, 1_439))
    return datetime(2028, 3, 15, tzinfo=UTC) - timedelta(days=days) + timedelta(minutes=minute)


@pytest.mark.parametrize("seed", range(6))
def test_both_say_the_same_of_everybody(seed: int, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(seed)
    for module in modules().values():
        first = _some_day(chance)
        Edition.objects.create(module=module.id, version="2020.1.1", since=first)
        Edition.objects.create(module=module.id, version=version(module), since=max(first, _some_day(chance)))
        if chance.random() < 0.5:
            Recall.objects.create(module=module.id, at=_some_day(chance))

    class Charter:
        @staticmethod
        def renewed() -> dict[str, Any]:
            return {"m8": _some_day(Random(seed))}

    monkeypatch.setattr("egide.workspace.discovery.modules", lambda name: [Charter])
    for number in range(60):
        person = User.objects.create_user(f"p{number}@entreprise.example", created_at=_some_day(chance))
        for module in modules():
            for _ in range(chance.randrange(3)):
                _pass(person, module, chance)
    brief = following.overview(TODAY)
    whole = following.everybody(TODAY)
    for one, told in zip(whole, brief.people, strict=True):
        states = list(enumerate(one.standings, start=1))
        assert told.email == one.person.email
        assert told.passed == tuple(number for number, s in states if s.state is State.PASSED)
        assert told.late == tuple(number for number, s in states if s.late)
    for number, count in enumerate(brief.counts):
        assert count.passed == sum(one.standings[number].state is State.PASSED for one in whole)
        assert count.late == sum(one.standings[number].late for one in whole)
        assert count.passed + count.waiting == len(whole) == 60
    assert passed(rules(), TODAY) == sum(count.passed for count in brief.counts)


def _pass(person: User, module: str, chance: Random) -> None:
    # A later pass is never of an older version.
    last = Certificate.objects.filter(person=person, module=module).order_by("-passed_at", "-pk").first()
    at = max(_some_day(chance), last.passed_at) if last else _some_day(chance)
    newer = version(modules()[module])
    written = newer if last and last.version == newer else chance.choice(("2020.1.1", newer, newer))
    Certificate.objects.create(person=person, module=module, version=written, passed_at=at)


def test_only_what_was_passed_has_a_level(db: None) -> None:
    person = User.objects.create_user("p@entreprise.example")
    assert list(levels(rules(), timezone.localdate())) == []
    Certificate.objects.create(
        person=person, module="m1", version=version(modules()["m1"]), passed_at=timezone.now()
    )
    assert list(levels(rules(), timezone.localdate())) == [(person.pk, "m1", Level.PASSED)]
