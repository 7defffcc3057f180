"""What invited people think of an axis: each answers alone, and pilots see how many chose what.

Counts are shown once the opinions are closed, as ``small_groups`` allows besides who looks, and never who
they are: while people answer, two looks at the counts would tell what one of them said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from egide.errors import WorkspaceError
from egide.reference.autodiagnostic import Axis
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import editions
from egide.workspace.diagnosis.models import Diagnosis, Invitation, State, View
from egide.workspace.diagnosis.services import check, lock_open
from egide.workspace.small_groups import differ


@transaction.atomic
def invite(diagnosis: int, person: User, axes: Collection[str]) -> None:
    """Ask this person about these axes; the others of before are kept.

    Raises WorkspaceError EG-6491 (finished) or EG-6500 (opinions are closed).
    """
    found = _lock(diagnosis)
    for axis in editions.of(found).axes:
        if axis.id in axes:
            Invitation.objects.get_or_create(diagnosis_id=diagnosis, person=person, axis=axis.id)


@transaction.atomic
def answer(diagnosis: int, question: str, given: str, person: User) -> None:
    """Keep what this person thinks.

    Raises WorkspaceError EG-6491 (finished), EG-6492 (no such answer) or EG-6499 (not invited to this axis)
    or EG-6500 (opinions are closed).
    """
    asked = check(_lock(diagnosis), question, given)
    if not Invitation.objects.filter(diagnosis_id=diagnosis, person=person, axis=asked.axis).exists():
        raise WorkspaceError("EG-6499")
    View.objects.update_or_create(
        diagnosis_id=diagnosis,
        question=question,
        person=person,
        defaults={"answer": given, "at": timezone.now()},
    )


def invited(diagnosis: Diagnosis) -> QuerySet[User]:
    """Whose opinion is asked, by their addresses."""
    return User.objects.filter(pk__in=diagnosis.invitations.values("person"))


def axes_of(diagnosis: Diagnosis, people: Iterable[User]) -> Mapping[int, list[str]]:
    """What each of these people is asked about: the names of the axes, by their keys."""
    names = {one.id: one.name for one in editions.of(diagnosis).axes}
    rows = diagnosis.invitations.filter(person__in=[one.pk for one in people]).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for person, axis in rows.values_list("person", "axis"):
        found[person].append(names.get(axis, axis))
    return found


def asked_of(person: User) -> tuple[Diagnosis | None, list[tuple[Axis, int]]]:
    """The self-diagnosis in progress and the axes that this person is asked about, with how many questions
    they answered."""
    diagnosis = Diagnosis.objects.filter(state=State.OPEN, opinions_closed_at=None).first()
    if diagnosis is None:
        return None, []
    mine = set(diagnosis.invitations.filter(person=person).values_list("axis", flat=True))
    given = set(given_by(diagnosis, person))
    questionnaire = editions.of(diagnosis)
    asked, of_axis = [axis for axis in questionnaire.axes if axis.id in mine], questionnaire.of_axis
    return diagnosis, [(axis, sum(one.id in given for one in of_axis(axis.id))) for axis in asked]


def given_by(diagnosis: Diagnosis, person: User) -> dict[str, str]:
    """What this person thinks, by question."""
    return dict(diagnosis.views.filter(person=person).values_list("question", "answer"))


def waiting(person: User) -> int:
    """How many axes wait for the opinion of this person."""
    return sum(given < axis.questions for axis, given in asked_of(person)[1])


@transaction.atomic
def close(diagnosis: int) -> None:
    """Nobody gives their opinion any more. Raises WorkspaceError EG-6491 or EG-6500."""
    found = _lock(diagnosis)
    found.opinions_closed_at = timezone.now()
    found.save()


def counts(diagnosis: Diagnosis, axis: str, viewer: User) -> Mapping[str, Mapping[str, int]]:
    """By question then by answer, how many people besides ``viewer`` chose it.

    Questions that too few answered, or almost all alike, are left out; all are until the opinions are closed.
    """
    if diagnosis.opinions_closed_at is None:
        return {}
    questions = [one.id for one in editions.of(diagnosis).of_axis(axis)]
    rows = (
        diagnosis.views.filter(question__in=questions)
        .exclude(Q(person=viewer, person__isnull=False))
        .values("question", "answer")
        .annotate(people=Count("pk"))
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["question"]][row["answer"]] = row["people"]
    return {question: given for question, given in found.items() if differ(given.values())}


def _lock(diagnosis: int) -> Diagnosis:
    found = lock_open(diagnosis)
    if found.opinions_closed_at is not None:
        raise WorkspaceError("EG-6500")
    return found
