from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.autodiagnostic import questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.diagnosis import quick, services
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.usages import services as usages

EVERY = questionnaire().questions
CRITICAL = [one for one in EVERY if one.critical]


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.fixture
def client(pilot: User, browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def diagnosis(pilot: User) -> Diagnosis:
    return services.start(pilot)


def _page(client: Client, diagnosis: Diagnosis, rest: str = "") -> str:
    return unescape(client.get(f"/autodiagnostic/{diagnosis.pk}/rapide/{rest}").content.decode())


def test_every_question_is_there_once_the_critical_ones_first(diagnosis: Diagnosis) -> None:
    asked = [one.question for group in quick.groups(diagnosis) for one in group.questions]
    assert sorted(one.id for one in asked) == sorted(one.id for one in EVERY)
    assert all(one.critical for one in asked[: len(CRITICAL)])
    assert not any(one.critical for one in asked[len(CRITICAL) :])


def test_what_egide_knows_is_confirmed_at_once_and_replaces_nothing(
    client: Client, diagnosis: Diagnosis, pilot: User
) -> None:
    usages.add("Devis")
    usages.add("Relances")
    found = company.current()
    found.representatives = False
    found.save()
    services.answer(diagnosis.pk, "st1", "0", pilot)
    assert {one.question.id for one in quick.confirmable(diagnosis)} >= {"st2", "et5"}
    assert "2 usages sont déclarés" in _page(client, diagnosis)
    sent = {"question": ["st1", "st2", "et5", "co1", "inconnue"]}
    client.post(f"/autodiagnostic/{diagnosis.pk}/rapide/confirmer/", sent)
    diagnosis.refresh_from_db()
    assert services.answers(diagnosis) == {"st1": "0", "st2": "2", "et5": "none"}


def test_an_answer_says_where_one_is(client: Client, diagnosis: Diagnosis) -> None:
    said = client.post(f"/autodiagnostic/{diagnosis.pk}/reponses/st2/", {"st2": "1", "quick": "1"})
    assert re.search(r"1 sur 40</strong> \(2 %\)", unescape(said.content.decode()))
    assert b'hx-swap-oob="true"' in said.content
    plain = client.post(f"/autodiagnostic/{diagnosis.pk}/reponses/st2/", {"st2": "2"})
    assert b"hx-swap-oob" not in plain.content


def test_it_ends_with_the_critical_points_alone_only_when_asked(client: Client, diagnosis: Diagnosis) -> None:
    url = f"/autodiagnostic/{diagnosis.pk}/rapide/"
    client.post(url, {"st2": "1", "fin": "1", "partly": "1"})
    assert Diagnosis.objects.get().is_open, "critical points are missing"
    client.post(url, {one.id: "2" for one in CRITICAL} | {"fin": "1"})
    assert Diagnosis.objects.get().is_open, "nobody said that it ends with questions left"
    assert client.post(url, {"fin": "1", "partly": "1"}).url == f"/autodiagnostic/{diagnosis.pk}/resultat/"
    page = unescape(client.get(f"/autodiagnostic/{diagnosis.pk}/resultat/").content.decode())
    assert f"sur {len(CRITICAL)} des 40 questions ({100 * len(CRITICAL) // 40} %)" in page
    assert "Partiel" in page
    assert client.get(url).status_code == 302
    assert "partiel" in unescape(client.get("/accueil/entreprise/").content.decode())


def test_a_whole_one_ends_without_more(client: Client, diagnosis: Diagnosis) -> None:
    client.post(f"/autodiagnostic/{diagnosis.pk}/rapide/", {one.id: "3" for one in EVERY} | {"fin": "1"})
    result = services.result(Diagnosis.objects.get(state="finished"))
    assert (result.shown, result.part) == (100, "")


def test_one_that_is_finished_keeps_its_answers(client: Client, diagnosis: Diagnosis, pilot: User) -> None:
    for one in EVERY:
        services.answer(diagnosis.pk, one.id, "1", pilot)
    services.finish(diagnosis.pk)
    with pytest.raises(WorkspaceError, match="EG-6491"):
        quick.confirm(diagnosis.pk, ["st2"], pilot)
    client.post(f"/autodiagnostic/{diagnosis.pk}/rapide/", {"st2": "3"})
    assert services.answers(Diagnosis.objects.get())["st2"] == "1"


def test_the_page_asks_the_database_as_often_however_much_is_answered(
    client: Client, diagnosis: Diagnosis, pilot: User
) -> None:
    _page(client, diagnosis)
    with CaptureQueriesContext(connection) as none:
        _page(client, diagnosis)
    for one in EVERY:
        services.answer(diagnosis.pk, one.id, "1", pilot)
    with CaptureQueriesContext(connection) as every:
        _page(client, diagnosis)
    assert len(every) <= len(none)
