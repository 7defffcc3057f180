"""The whole questionnaire on one page: critical questions first, and what Égide knows confirmed in bulk."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from egide.reference.autodiagnostic import Question
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import editions, services
from egide.workspace.diagnosis.known import Proposal, proposals
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.shown import Asked, asked, words


@dataclass(frozen=True, slots=True)
class Share:
    """How many questions have an answer, and of the critical ones."""

    answered: int
    total: int
    critical: int
    critical_total: int

    @property
    def percent(self) -> int:
        """Rounded down: 100 only when all have one."""
        return 100 * self.answered // self.total

    @property
    def whole(self) -> bool:
        """Whether every question has an answer."""
        return self.answered == self.total


@dataclass(frozen=True, slots=True)
class Confirmable:
    """An answer that Égide proposes to a question without one, in words."""

    question: Question
    answer: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under a title."""

    id: str
    title: str
    questions: tuple[Asked, ...]


def share(diagnosis: Diagnosis) -> Share:
    """Where it is."""
    given, every = services.answers(diagnosis), editions.of(diagnosis).questions
    critical = [one for one in every if one.critical]
    return Share(
        sum(one.id in given for one in every),
        len(every),
        sum(one.id in given for one in critical),
        len(critical),
    )


def confirmable(diagnosis: Diagnosis) -> list[Confirmable]:
    """What Égide knows of the questions that nobody answered, critical ones first."""
    given, known = services.answers(diagnosis), proposals()
    every = [one for one in editions.of(diagnosis).questions if one.id in known and one.id not in given]
    return [
        Confirmable(one, words(one, known[one.id].answer), known[one.id].reason)
        for one in sorted(every, key=lambda one: not one.critical)
    ]


@transaction.atomic
def confirm(diagnosis: int, wanted: Collection[str], by: User) -> int:
    """Keep the proposed answers to these questions, where nobody gave another. How many were kept.

    Raises WorkspaceError EG-6491.
    """
    found = services.lock_open(diagnosis)
    given, known = services.answers(found), proposals()
    kept = [name for name in wanted if name in known and name not in given]
    for name in kept:
        services.answer(diagnosis, name, known[name].answer, by)
    return len(kept)


def groups(diagnosis: Diagnosis) -> list[Group]:
    """Every question: the critical ones, then the others by axis."""
    given: dict[str, Any] = services.answers(diagnosis)
    known: dict[str, Proposal] = proposals() if diagnosis.is_open else {}
    questionnaire = editions.of(diagnosis)
    told = {axis.id: asked(questionnaire, axis.id, given, proposals=known) for axis in questionnaire.axes}
    critical = tuple(one for lines in told.values() for one in lines if one.question.critical)
    rest = (
        Group(axis.id, axis.name, tuple(one for one in told[axis.id] if not one.question.critical))
        for axis in questionnaire.axes
    )
    return [
        Group("critiques", gettext("Points critiques"), critical),
        *(one for one in rest if one.questions),
    ]
