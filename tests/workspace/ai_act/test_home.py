from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.workspace.ai_act.conftest import DRAFTING, RECRUITING

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.ai_act import home, services
from egide.workspace.ai_act.journey import STEPS
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.shown import lines, with_assessments
from egide.workspace.usages import services as usages
from egide.workspace.usages.models import Usage


def test_a_pilot_is_told_how_many_usages_have_no_class(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    pilot = person(Role.PILOT)
    assert [duty.what for duty in home.duties(pilot)] == ["Classer un usage selon le règlement IA"]
    other = usages.add("Tri des candidatures")
    assert [duty.what for duty in home.duties(pilot)] == ["Classer 2 usages selon le règlement IA"]
    assert not STEPS[0].state().done
    answered(DRAFTING, by=pilot)
    answered(RECRUITING, about=other, by=pilot)
    assert list(home.duties(pilot)) == []
    assert STEPS[0].state().done
    assert [(one.done, one.total) for one in home.figures()] == [(2, 2)]


def test_a_new_table_asks_again(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    pilot = person(Role.PILOT)
    answered(DRAFTING, by=pilot)
    Assessment.objects.update(table="2026.07.1")
    assert home.unsettled() == 1
    assert list(home.duties(pilot))


def test_a_usage_changed_since_is_to_be_looked_at_everywhere(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    pilot = person(Role.PILOT)
    usages.change(usage.pk, {"description": "Répondre aux clients"}, pilot)
    answered(DRAFTING, by=pilot)
    assert home.unsettled() == 0
    usages.change(usage.pk, {"description": "Trier des candidatures"}, pilot)
    (line,) = lines(with_assessments(Usage.objects.all()), date(2026, 11, 29))
    assert (line.stand.key, home.unsettled()) == ("changed", 1)
    assert list(home.duties(pilot))
    assert [(one.done, one.total) for one in home.figures()] == [(0, 1)]
    assert not STEPS[0].state().done


def test_answering_again_calls_a_pilot(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    pilot = person(Role.PILOT)
    answered(DRAFTING, by=pilot)
    one = answered(RECRUITING)
    assert home.unsettled() == 1
    assert list(home.duties(pilot))
    services.confirm(usage, pilot, read=services.stamp(one.answers))
    assert home.unsettled() == 0


def test_a_collaborator_is_told_of_their_own_usages_until_they_answered(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    me = person(Role.COLLABORATOR)
    assert list(home.duties(me)) == []
    mine = usages.declare({"name": "Devis"}, me)
    assert len(list(home.duties(me))) == 1
    Assessment.objects.create(usage=mine, table="1", answers={"A1": "yes"})
    assert len(list(home.duties(me))) == 1
    Assessment.objects.update(answers={"A1": "no"})
    assert list(home.duties(me)) == []


def test_the_next_day_of_each_usage(
    person: Callable[..., User], usage: Usage, answered: Callable[..., Assessment]
) -> None:
    answered(RECRUITING, by=person(Role.PILOT))
    for today, days in (
        (date(2026, 11, 29), [date(2027, 12, 2)]),
        (date(2026, 12, 3), [date(2027, 12, 2)]),
        (date(2027, 12, 3), []),
    ):
        assert [one.day for one in home.dates(today)] == days
