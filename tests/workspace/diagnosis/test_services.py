from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.autodiagnostic import questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import services
from egide.workspace.diagnosis.models import Answer, Diagnosis
from egide.workspace.diagnosis.shown import shown


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


def fill(diagnosis: Diagnosis, by: User, given: str = "3") -> None:
    for question in questionnaire().questions:
        services.answer(diagnosis.pk, question.id, given, by)


def test_one_is_resumed_until_it_is_finished(pilot: User) -> None:
    first = services.start(pilot)
    services.answer(first.pk, "st1", "1", pilot)
    services.answer(first.pk, "st1", "2", pilot)
    assert services.start(pilot) == first
    assert services.answers(first) == {"st1": "2"}
    fill(first, pilot)
    services.finish(first.pk)
    assert services.start(pilot) != first


def test_it_is_not_finished_while_answers_are_missing(pilot: User) -> None:
    diagnosis = services.start(pilot)
    with pytest.raises(WorkspaceError) as refused:
        services.finish(diagnosis.pk)
    assert refused.value.code == "EG-6493"
    assert "40" in refused.value.message


def test_what_is_finished_never_changes(pilot: User) -> None:
    diagnosis = services.start(pilot)
    fill(diagnosis, pilot)
    services.finish(diagnosis.pk)
    changes: list[Callable[[], object]] = [
        lambda: services.answer(diagnosis.pk, "st1", "0", pilot),
        lambda: services.finish(diagnosis.pk),
        lambda: services.answer(12_345, "st1", "0", pilot),
    ]
    for change in changes:
        with pytest.raises(WorkspaceError) as refused:
            change()
        assert refused.value.code == "EG-6491"


@pytest.mark.parametrize(
    ("question", "given"), [("st1", "4"), ("st1", ""), ("st1", "-1"), ("zz9", "1"), ("st2", "none")]
)
def test_only_answers_that_are_offered_are_kept(pilot: User, question: str, given: str) -> None:
    diagnosis = services.start(pilot)
    with pytest.raises(WorkspaceError) as refused:
        services.answer(diagnosis.pk, question, given, pilot)
    assert refused.value.code == "EG-6492"
    assert not Answer.objects.exists()


def test_what_moved_since_the_previous_one(pilot: User) -> None:
    first = services.start(pilot)
    fill(first, pilot, "1")
    services.finish(first.pk)
    assert shown(first).moved is None
    second = services.start(pilot)
    services.answer(second.pk, "st1", "3", pilot)
    services.answer(second.pk, "do1", "0", pilot)
    told = shown(second)
    moved = {line.score.axis.id: line.moved for line in told.axes}
    assert (moved["strategie"], moved["donnees"], moved["rgpd"]) == (67, -33, None)
    assert told.moved == told.points == 7
    assert shown(first).previous is None


def test_it_stays_without_the_person_who_left(pilot: User) -> None:
    diagnosis = services.start(pilot)
    services.answer(diagnosis.pk, "st1", "3", pilot)
    pilot.delete()
    diagnosis.refresh_from_db()
    assert diagnosis.by is None
    assert services.answers(diagnosis) == {"st1": "3"}
