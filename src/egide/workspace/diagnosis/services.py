"""Starts, answers, finishes and scores a self-diagnosis."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.autodiagnostic import Question
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import editions
from egide.workspace.diagnosis.models import ANSWERS, Answer, Diagnosis, State
from egide.workspace.diagnosis.scoring import SET_ASIDE, Result, scored


def start(by: User) -> Diagnosis:
    """The one in progress, or a new one."""
    return Diagnosis.objects.get_or_create(
        state=State.OPEN, defaults={"by": by, "edition": editions.keep_current()}
    )[0]


@transaction.atomic
def answer(diagnosis: int, question: str, given: str, by: User) -> None:
    """Keep the company's answer. Raises WorkspaceError EG-6491 (finished) or EG-6492 (no such answer)."""
    check(lock_open(diagnosis), question, given)
    Answer.objects.update_or_create(
        diagnosis_id=diagnosis,
        question=question,
        defaults={"answer": given, "by": by, "at": timezone.now()},
    )


@transaction.atomic
def finish(diagnosis: int, *, partly: bool = False) -> None:
    """Nothing of it changes any more. Raises WorkspaceError EG-6491, or EG-6493 while answers are missing.

    ``partly``: the critical questions are enough; EG-6561 while one of them has no answer. The result then
    tells on how many questions it rests.
    """
    found = lock_open(diagnosis)
    missing = result(found).missing
    given = answers(found)
    critical = sum(one.critical and one.id not in given for one in editions.of(found).questions)
    if partly and critical:
        raise WorkspaceError("EG-6561", missing=critical)
    if missing and not partly:
        raise WorkspaceError("EG-6493", missing=missing)
    found.state, found.finished_at = State.FINISHED, timezone.now()
    found.opinions_closed_at = found.opinions_closed_at or found.finished_at
    found.save()


def result(diagnosis: Diagnosis) -> Result:
    """Its score as it stands."""
    return scored(editions.of(diagnosis), answers(diagnosis))


def answers(diagnosis: Diagnosis) -> dict[str, str]:
    """What pilots keep, by question."""
    return {one.question: one.answer for one in diagnosis.answers.all()}


def previous(diagnosis: Diagnosis) -> Diagnosis | None:
    """The last one that was finished before this one began."""
    finished = Diagnosis.objects.filter(state=State.FINISHED, started_at__lt=diagnosis.started_at)
    return finished.exclude(pk=diagnosis.pk).first()


def check(diagnosis: Diagnosis, question: str, given: str) -> Question:
    """The question, if this answers it. Raises WorkspaceError EG-6492."""
    found = editions.of(diagnosis).question(question)
    if found is None or given not in ANSWERS or (given == SET_ASIDE and not found.may_be_set_aside):
        raise WorkspaceError("EG-6492")
    return found


def lock_open(diagnosis: int) -> Diagnosis:
    """It, as long as it can be answered, held until the end of the transaction. Raises EG-6491."""
    found = Diagnosis.objects.select_for_update().filter(pk=diagnosis, state=State.OPEN).first()
    if found is None:
        raise WorkspaceError("EG-6491")
    return found
