from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.test import Client

from egide.policy import Role
from egide.reference.charter import charter
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts, quick
from egide.workspace.charter.content import problems
from egide.workspace.charter.proposals import proposals

TODAY = date(2026, 11, 29)
PAGE = "/charte/redaction/rapide/"


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT, name="Anne Kervella")


@pytest.fixture
def client(pilot: User, browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _said(**changed: str) -> dict[str, str]:
    told = {f"var_{name}": "dit" for name in quick.VARIABLES} | {"var_date_entree_vigueur": "2027-01-04"}
    answers = {f"answer_{name}": one.text for name, one in quick.answers().items()}
    return told | answers | {"revision": str(drafts.draft().revision)} | changed


def test_there_are_eight_decisions_at_most_each_with_its_reason(pilot: User) -> None:
    assert len(quick.VARIABLES) + len(quick.QUESTIONS) <= 8
    told = quick.variables(pilot, TODAY)
    assert all(told[name].text and told[name].reason for name in quick.VARIABLES)
    asked = {one.id for one in charter().articles if one.question}
    assert asked == set(quick.QUESTIONS) == set(quick.answers())


def test_what_is_proposed_is_enough_to_publish(pilot: User) -> None:
    quick.complete(pilot, TODAY)
    assert problems(drafts.draft(), proposals()) == ()
    read = drafts.preview()
    assert "[à compléter" not in str(read)
    assert drafts.publish("", drafts.draft().revision, pilot).number == 1


def test_completing_again_changes_nothing(pilot: User) -> None:
    first = quick.complete(pilot, TODAY)
    again = quick.complete(pilot, date(2027, 5, 1))
    assert (again.revision, again.values) == (first.revision, first.values)


def test_from_the_page_to_the_text_to_read(client: Client) -> None:
    page = unescape(client.get(PAGE).content.decode())
    assert page.count("Deux semaines") == 1
    assert "tout usage qui n'est pas cité ci-dessus, résumer un contrat" in page
    assert client.post(PAGE, _said(answer_rh="non")).url == "/charte/redaction/apercu/"
    draft = drafts.draft()
    assert draft.values["contact_incident"] == "dit"
    assert draft.answers == {"rh": "non", "transparence": "oui", "sanctions": "B"}
    assert client.get("/charte/redaction/apercu/").content.count(b"Publier la version 1") == 1


def test_what_another_pilot_wrote_is_not_lost(client: Client, pilot: User) -> None:
    stale = _said()
    drafts.change({"relecteurs": "Luc"}, {}, {}, drafts.draft().revision, pilot)
    response = client.post(PAGE, stale)
    assert response.status_code == 200
    assert "var_contact_incident" in response.content.decode()
    assert "contact_incident" not in drafts.draft().values
    assert client.post(PAGE, _said()).status_code == 302
    assert drafts.draft().values["relecteurs"] == "Luc"


def test_an_article_left_out_without_a_reason_leads_to_the_whole_draft(client: Client, pilot: User) -> None:
    drafts.change({}, {"principes": ""}, {}, drafts.draft().revision, pilot)
    assert client.post(PAGE, _said()).url == "/charte/redaction/"


@pytest.mark.parametrize(
    ("field", "value"),
    [("var_date_entree_vigueur", "demain"), ("answer_rh", "peut-être"), ("var_referent_ia", "")],
)
def test_what_cannot_be_is_refused(client: Client, field: str, value: str) -> None:
    assert client.post(PAGE, _said(**{field: value})).status_code == 200
    assert drafts.draft().values == {}
