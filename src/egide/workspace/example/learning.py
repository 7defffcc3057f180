"""The training of the people of the example, and what they think of the ready prompts."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from egide.reference.training import Module, modules, version
from egide.workspace.accounts.models import User
from egide.workspace.example import notes
from egide.workspace.example.company import Example
from egide.workspace.prompts import marks
from egide.workspace.training.models import Attempt, Certificate, Edition
from egide.workspace.training.quiz import grade, shuffled

People = dict[str, User]


def load(told: Example, people: People) -> None:
    """Attempts with their certificates, favourites and ratings. A module that is gone is left out."""
    arrived = people[told.people[0].email].created_at
    if not Edition.objects.exists():
        new = [Edition(module=one.id, version=version(one), since=arrived) for one in modules().values()]
        notes.keep(*Edition.objects.bulk_create(new))
    chance = Random(2027)  # noqa: S311 - the order of options of fictional people
    for place, one in enumerate(told.people):
        person = people[one.email]
        for number, name in enumerate((*one.failed, *one.passed)):
            if (module := modules().get(name)) is not None:
                at = arrived + timedelta(days=8 + 9 * number + place, hours=place)
                _attempt(person, module, at, chance, right=name in one.passed)
        for ref in one.favourites:
            marks.set_favourite(person, ref, wanted=True)
        for ref, stars in one.stars.items():
            marks.rate(person, ref, stars)


def _attempt(person: User, module: Module, at: datetime, chance: Random, *, right: bool) -> None:
    """All right but one question when it is passed; half of them otherwise."""
    wrong = module.quiz[:1] if right else module.quiz[::2]
    answers: dict[str, Any] = {one.id: [] if one in wrong else sorted(one.correct) for one in module.quiz}
    told, sent = grade(module, answers), min(at, timezone.now())
    attempt = Attempt.objects.create(
        person=person,
        module=module.id,
        version=version(module),
        order=shuffled(module.quiz, chance),
        started_at=sent - timedelta(minutes=9),
        sent_at=sent,
        answers=answers,
        missed=list(told.missed),
        score=told.score,
        passed=told.passed,
    )
    if told.passed:
        Certificate.objects.create(
            person=person, attempt=attempt, module=module.id, version=version(module), passed_at=sent
        )
