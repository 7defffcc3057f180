from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError
from django.db.models import ProtectedError
from tests.workspace.ai_act.conftest import CREDIT, DRAFTING, answers

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.ai_act import services
from egide.workspace.ai_act.differences import difference
from egide.workspace.ai_act.models import Assessment
from egide.workspace.people.erasing import erase
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


def refused(code: str) -> pytest.RaisesExc[WorkspaceError]:
    return pytest.RaisesExc(WorkspaceError, check=lambda error: error.code == code)


def test_a_question_is_answered_in_its_turn(usage: Usage, pilot: User) -> None:
    with refused("EG-6601"):
        services.answer(usage, "C1", "no", pilot)
    with refused("EG-6601"):
        services.answer(usage, "A1", "maybe", pilot)
    done = services.answer(usage, "A1", "yes", pilot)
    assert done.next is not None
    assert done.next.id == "A2"
    with refused("EG-6601"):
        services.answer_none(usage, "interdit", pilot)


def test_answers_that_are_left_behind_come_back_with_their_question(usage: Usage, pilot: User) -> None:
    one = Assessment.objects.create(usage=usage, table=services.version(), answers=answers(CREDIT))
    services.answer(usage, "D2_5", "no", pilot)
    one.refresh_from_db()
    assert "D2_5b" not in services.walked(one).answers
    services.answer(usage, "D2_5", "yes", pilot)
    one.refresh_from_db()
    assert "O-FRIA" in services.walked(one).ids


def test_only_a_known_result_that_was_read_is_confirmed(usage: Usage, pilot: User) -> None:
    with refused("EG-6605"):
        services.confirm(usage, pilot, read="")
    services.answer(usage, "A1", "yes", pilot)
    with refused("EG-6602"):
        services.confirm(usage, pilot, read="")
    Assessment.objects.update(answers=answers(DRAFTING, ["E5"]))
    with refused("EG-6603"):
        services.confirm(usage, pilot, read="")
    Assessment.objects.update(answers=answers(DRAFTING))
    with refused("EG-6604"):
        services.confirm(usage, pilot, read=services.stamp(answers(CREDIT)))
    kept = services.confirm(usage, pilot, read=services.stamp(answers(DRAFTING)))
    assert kept.confirmed_by == pilot
    with refused("EG-6605"):
        services.confirm(usage, pilot, read=services.stamp(answers(DRAFTING)))


def test_what_is_confirmed_keeps_only_the_answers_of_its_way(usage: Usage, pilot: User) -> None:
    told = answers(DRAFTING)
    Assessment.objects.create(
        usage=usage, table=services.version(), answers={**told, "D4": "yes", "ZZ": "no"}
    )
    kept = services.confirm(usage, pilot, read=services.stamp(told))
    assert kept.answers == told
    assert {step["id"] for step in kept.result["trail"] if not step["computed"]} == set(told)


def test_one_is_open_at_a_time(usage: Usage, pilot: User) -> None:
    first = services.reopen(usage, pilot)
    assert services.reopen(usage, pilot) == first
    with pytest.raises(IntegrityError):
        Assessment.objects.create(usage=usage, table="1")


def test_a_confirmed_result_says_the_same_as_itself(
    usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    result = answered(CREDIT, by=pilot).result
    assert difference(result, result).nothing
    changed = {**result, "level": "minimal", "class": "Risque minimal", "duties": []}
    told = difference(result, changed)
    assert told.classes == ("Haut risque", "Risque minimal")
    assert len(told.removed) == len(result["duties"])
    assert not told.added


def test_the_analysis_is_due_as_what_was_confirmed_says(
    usage: Usage, pilot: User, answered: Callable[..., Assessment]
) -> None:
    answered(CREDIT, by=pilot)
    services.answer(usage, "A1", "no", pilot)
    assert services.needs_fria(usage)
    # A table that asks more: the same answers lead less far.
    Assessment.objects.exclude(confirmed_at=None).update(table="2026.07.1", answers={"A1": "yes"})
    assert services.needs_fria(usage)
    services.confirm(usage, pilot, read=services.stamp({"A1": "no"}))
    assert not services.needs_fria(usage)


def test_a_usage_with_a_proof_is_not_deleted(
    usage: Usage, pilot: User, person: Callable[..., User], answered: Callable[..., Assessment]
) -> None:
    me = person(Role.COLLABORATOR)
    classed, analysed, begun = (usages.declare({"name": name}, me) for name in ("Tri", "Prêts", "Notes"))
    answered(CREDIT, about=classed, by=pilot)
    services.keep_fria(analysed, {}, None, pilot)
    services.answer(begun, "A1", "yes", me)
    for one in (classed, analysed):
        with refused("EG-6606"):
            usages.withdraw(one.pk, me)
    usages.withdraw(begun.pk, me)
    begun = usages.declare({"name": "Notes"}, me)
    services.answer(begun, "A1", "yes", me)
    me.is_active = False
    me.save()
    erase(me)
    assert set(Usage.objects.exclude(pk=usage.pk)) == {classed, analysed}
    classed.refresh_from_db()
    assert classed.declared_by is None
    with pytest.raises(ProtectedError):
        classed.delete()
    assert Assessment.objects.get().usage == classed


def test_who_declared_a_usage_and_pilots_see_it(
    usage: Usage, pilot: User, person: Callable[..., User]
) -> None:
    me = person(Role.COLLABORATOR)
    assert usage in services.seen_by(pilot)
    assert usage not in services.seen_by(me)
