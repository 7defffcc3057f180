"""A person's training: where they are, an attempt at a quiz, and what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import SystemRandom

from django.db import transaction
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.training import Module, modules, version
from egide.workspace.accounts.models import User
from egide.workspace.notice import services as notice
from egide.workspace.training.models import Attempt, Certificate
from egide.workspace.training.plan import Passed, Standing, State, standing
from egide.workspace.training.quiz import Answers, fits, grade, shuffled
from egide.workspace.training.rules import note_editions, rules

Last = dict[tuple[int, str], Passed]  # person and module → the last time it was passed


def mine(person: User) -> list[Standing]:
    """Where this person is with each module, in order."""
    last, today = last_passed([person.pk]), timezone.localdate()
    return [
        standing(rule, last.get((person.pk, rule.module.id)), person.created_at, today) for rule in rules()
    ]


def waiting(person: User) -> int:
    """How many modules this person is late with, or has to pass again."""
    return sum(one.late or one.state is State.TO_RENEW for one in mine(person))


def last_passed(people: Sequence[int] | None = None) -> Last:
    """The last time that each of these people (none: every active one) passed each module."""
    passed = Certificate.objects.order_by("passed_at", "pk")
    passed = passed.filter(person__is_active=True) if people is None else passed.filter(person__in=people)
    return {
        (person, module): Passed(written, at)
        for person, module, written, at in passed.values_list("person", "module", "version", "passed_at")
    }


def start(person: User, module: Module) -> Attempt:
    """The attempt that this person has not sent yet, or a new one with its options in another order.

    Raises WorkspaceError EG-6150 unless they have read what is recorded of them.
    """
    notice.require(person)
    note_editions()
    for opened in Attempt.objects.filter(person=person, module=module.id, sent_at=None):
        if not up_to_date(opened):
            opened.delete()
    attempt, _ = Attempt.objects.get_or_create(
        person=person,
        module=module.id,
        sent_at=None,
        defaults={"version": version(module), "order": shuffled(module.quiz, SystemRandom())},
    )
    return attempt


def up_to_date(attempt: Attempt) -> bool:
    """Whether the questions of this attempt are those of now."""
    module = modules().get(attempt.module)
    return (
        module is not None and attempt.version == version(module) and fits(module.quiz, dict(attempt.order))
    )


@transaction.atomic
def send(attempt: Attempt, answers: Answers) -> None:
    """Grade an attempt, once; when it passes, there is a certificate.

    Raises WorkspaceError EG-6431 when it was sent already, EG-6432 when the questions have changed since.
    """
    if attempt.sent_at is None and not up_to_date(attempt):
        raise WorkspaceError("EG-6432")
    result, now = grade(modules()[attempt.module], answers), timezone.now()
    # In one statement: of two answers sent at the same time, the first counts.
    sent = Attempt.objects.filter(pk=attempt.pk, sent_at=None).update(
        sent_at=now,
        answers={question: sorted(chosen) for question, chosen in answers.items()},
        missed=list(result.missed),
        score=result.score,
        passed=result.passed,
    )
    if not sent:
        raise WorkspaceError("EG-6431")
    if result.passed:
        Certificate.objects.create(
            person=attempt.person,
            attempt=attempt,
            module=attempt.module,
            version=attempt.version,
            passed_at=now,
        )


def attempts(person: User, module: Module, most: int = 20) -> Iterable[Attempt]:
    """What this person sent for a module, the latest first, with its certificate."""
    sent = Attempt.objects.filter(person=person, module=module.id).exclude(sent_at=None)
    return sent.select_related("certificate").order_by("-sent_at")[:most]
