from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from egide.policy import Policy, Role
from egide.reference.autodiagnostic import questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.diagnosis import services
from egide.workspace.diagnosis.known import proposals
from egide.workspace.diagnosis.shown import asked, choices
from egide.workspace.hygiene import services as hygiene
from egide.workspace.policies import versions
from egide.workspace.providers import services as providers
from egide.workspace.usages import services as usages


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT, informed=False)


def test_nothing_is_proposed_of_what_is_not_known(pilot: User) -> None:
    assert proposals() == {}


def test_each_figure_speaks_for_an_answer_that_one_may_give(pilot: User, person: Callable[..., User]) -> None:
    usages.add("Devis")
    usages.add("Comptes rendus")
    versions.publish(Policy.load("strict").document, None, "Essai", over=0)
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    told = company.current()
    told.representatives = False
    told.save()
    hygiene.close(hygiene.start(["Mobilité"], date(2126, 1, 1), pilot).pk)
    found = {key: one.answer for key, one in proposals().items()}
    expected = {"st1": "2", "st2": "2", "do1": "2", "do2": "2", "sa4": "0", "ac4": "1", "et5": "none"}
    assert found == expected
    for question, given in found.items():
        asked_for = questionnaire().question(question)
        assert asked_for is not None
        assert given in dict(choices(asked_for))
    providers.add_provider("Secours", "openai", "http://127.0.0.1:2/v1", "local")
    hygiene.close(hygiene.start(["Mobilité"], date(2126, 1, 1), pilot).pk)
    assert (proposals()["sa4"].answer, proposals()["ac4"].answer) == ("2", "3")


def test_staff_speaks_for_the_committee_only_when_it_is_told(pilot: User) -> None:
    told = company.current()
    for staff, known in ((None, False), (12, True), (49, True), (50, False)):
        told.staff = staff
        told.save()
        assert ("et5" in proposals()) is known


def test_the_notice_speaks_once_everybody_read_it(person: Callable[..., User]) -> None:
    person(Role.PILOT)
    assert proposals()["rg4"].answer == "2"
    person(informed=False)
    assert "rg4" not in proposals()


def test_a_proposal_is_shown_and_never_kept_by_itself(pilot: User) -> None:
    providers.add_provider("Maison", "openai", "http://127.0.0.1:1/v1", "local")
    diagnosis = services.start(pilot)
    shown = {one.question.id: one for one in asked(questionnaire(), "savoir", {}, proposals=proposals())}
    assert shown["sa4"].proposed == "Oui, sans solution de rechange"
    assert (shown["sa4"].given, shown["sa1"].proposed) == ("", "")
    assert services.answers(diagnosis) == {}
