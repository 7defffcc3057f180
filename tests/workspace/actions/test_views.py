from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.actions import services
from egide.workspace.actions.models import Action, Origin, State
from egide.workspace.actions.texts import GONE, text


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.fixture
def action(pilot: User) -> Action:
    return services.open_shared(Origin.DIAGNOSIS, "st1", pilot, date(2026, 1, 31))


def test_a_pilot_gives_it_to_somebody_who_does_it(
    browser: Callable[..., Client], action: Action, person: Callable[..., User]
) -> None:
    zoe = person(name="Zoé Lefèvre")
    collaborator = browser(Role.COLLABORATOR)
    assert collaborator.get(f"/actions/{action.pk}/").status_code == 404
    told = {"state": "doing", "due": "2126-03-01", "owner": zoe.public_id}
    browser(Role.PILOT).post(f"/actions/{action.pk}/", told)
    listed = unescape(collaborator.get("/actions/").content.decode())
    assert "Partir d'un besoin concret" in listed
    assert "1 mars 2126" in listed
    # Who does it says how far it is, and gives it to nobody.
    collaborator.post(f"/actions/{action.pk}/", {"state": "done", "due": "2126-03-01", "owner": ""})
    action.refresh_from_db()
    assert (action.state, action.owner) == (State.DONE, zoe)
    assert services.mine(zoe) == 0


def test_what_is_late_is_told(browser: Callable[..., Client], action: Action) -> None:
    assert "En retard" in browser(Role.PILOT).get("/actions/").content.decode()
    action.state = State.DONE
    action.save()
    assert "En retard" not in browser(Role.PILOT).get("/actions/").content.decode()


def test_one_runs_at_a_time_on_a_point(browser: Callable[..., Client], action: Action, pilot: User) -> None:
    assert services.open_shared(Origin.DIAGNOSIS, "st1", pilot, date(2126, 1, 1)) == action
    action.state = State.DONE
    action.save()
    second = services.open_shared(Origin.DIAGNOSIS, "st1", pilot, date(2126, 1, 1))
    assert second != action
    told = {"state": "todo", "due": "2126-03-01", "owner": pilot.public_id}
    refused = browser(Role.PILOT).post(f"/actions/{action.pk}/", told)
    assert "Une autre action court déjà" in unescape(refused.content.decode())


@pytest.mark.parametrize(
    "told", [{"state": "ailleurs", "due": "2126-03-01"}, {"state": "todo", "due": "demain"}, {}]
)
def test_a_wrong_form_changes_nothing(
    browser: Callable[..., Client], action: Action, told: dict[str, str]
) -> None:
    answer = browser(Role.PILOT).post(f"/actions/{action.pk}/", {"owner": "inconnu", **told})
    assert answer.status_code == 200
    action.refresh_from_db()
    assert (action.state, action.due) == (State.TODO, date(2026, 1, 31))


def test_own_actions_go_with_the_person_and_shared_ones_stay(action: Action, pilot: User) -> None:
    services.open_own(Origin.HYGIENE, "mfa", pilot, date(2126, 1, 1))
    pilot.delete()
    assert [(one.reference, one.owner) for one in Action.objects.all()] == [("st1", None)]


def test_words_come_from_the_reference_even_for_what_is_gone() -> None:
    assert text("hygiene", "mfa").what.startswith("J'ai activé")
    assert text("diagnosis", "st1").sources
    assert text("diagnosis", "disparue").what == GONE
