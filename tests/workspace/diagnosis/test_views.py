from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egide.policy import Role
from egide.reference.autodiagnostic import questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import editions, services
from egide.workspace.diagnosis.models import Diagnosis, State


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


@pytest.fixture
def pilot(client: Client) -> User:
    return User.objects.get(role=Role.PILOT)


@pytest.fixture
def diagnosis(pilot: User) -> Diagnosis:
    return services.start(pilot)


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_from_the_start_to_the_result_without_a_script(client: Client) -> None:
    assert "Aucun autodiagnostic" in page(client, "/autodiagnostic/")
    client.post("/autodiagnostic/commencer/")
    pk = Diagnosis.objects.get().pk
    for axis in questionnaire().axes:
        answers = {one.id: "2" for one in questionnaire().of_axis(axis.id)}
        assert client.post(f"/autodiagnostic/{pk}/axes/{axis.id}/", answers).status_code == 302
    assert "Terminer l'autodiagnostic" in page(client, f"/autodiagnostic/{pk}/")
    client.post(f"/autodiagnostic/{pk}/terminer/")
    result = page(client, f"/autodiagnostic/{pk}/resultat/")
    assert "67 <span" in result
    assert "solide" in result
    assert "Rien à corriger" in result
    assert "67 sur 100, « solide »" in page(client, "/autodiagnostic/")
    assert "disabled" in page(client, f"/autodiagnostic/{pk}/axes/rgpd/")


def test_each_answer_is_saved_on_its_own(client: Client, diagnosis: Diagnosis) -> None:
    url = f"/autodiagnostic/{diagnosis.pk}/reponses/st1/"
    assert "Enregistré" in client.post(url, {"st1": "1"}).content.decode()
    assert services.answers(diagnosis) == {"st1": "1"}
    assert 'value="1" id="st1-1" checked' in page(client, f"/autodiagnostic/{diagnosis.pk}/axes/strategie/")
    assert "celles proposées" in client.post(url, {"st1": "9"}).content.decode()
    assert "celles proposées" in client.post(url, {"st1": "<script>"}).content.decode()
    assert services.answers(diagnosis) == {"st1": "1"}


def test_the_result_says_what_to_do_first_and_where(
    client: Client, diagnosis: Diagnosis, pilot: User
) -> None:
    empty = page(client, f"/autodiagnostic/{diagnosis.pk}/resultat/")
    assert "il n'y a pas encore de score" in empty
    for question, given in (("st1", "0"), ("do2", "unknown"), ("do1", "3")):
        services.answer(diagnosis.pk, question, given, pilot)
    told = page(client, f"/autodiagnostic/{diagnosis.pk}/resultat/")
    assert "1 point critique au plus bas" in told
    assert "sur 3 des 40 questions (7 %)" in told
    assert told.index("Passer par la passerelle") < told.index("Partir d'un besoin concret")
    assert 'href="/usages/"' in told
    assert 'href="/politique/"' in told
    assert 'role="img"' in told
    assert "Données et confidentialité : 40" in told
    assert told.count("France Num, Fiche IA 4") >= 1


def test_pages_that_do_not_exist(client: Client, diagnosis: Diagnosis) -> None:
    for url in ("999/", "999/resultat/", f"{diagnosis.pk}/axes/inconnu/", "999/axes/rgpd/"):
        assert client.get(f"/autodiagnostic/{url}").status_code == 404
    assert client.post("/autodiagnostic/999/terminer/").status_code == 404


@pytest.mark.parametrize("url", ["", "axes/rgpd/", "resultat/"])
def test_pages_are_for_pilots(browser: Callable[..., Client], diagnosis: Diagnosis, url: str) -> None:
    address = f"/autodiagnostic/{diagnosis.pk}/{url}"
    assert browser(None).get(address).status_code == 302
    assert browser(Role.COLLABORATOR).get(address).status_code == 403
    assert browser(Role.ADMIN).get(address).status_code == 200


@pytest.mark.parametrize("url", ["terminer/", "reponses/st1/", "axes/strategie/"])
def test_only_pilots_change_it(browser: Callable[..., Client], diagnosis: Diagnosis, url: str) -> None:
    address = f"/autodiagnostic/{diagnosis.pk}/{url}"
    assert browser(Role.COLLABORATOR).post(address, {"st1": "3"}).status_code == 403
    assert browser(None).post(address, {"st1": "3"}).status_code == 302
    assert browser(Role.PILOT, csrf=True).post(address, {"st1": "3"}).status_code == 403
    assert services.answers(diagnosis) == {}


def test_the_list_asks_as_much_for_many_as_for_one(client: Client, diagnosis: Diagnosis, pilot: User) -> None:
    services.answer(diagnosis.pk, "st1", "3", pilot)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, "/autodiagnostic/")
        counts.append(len(asked))
        for _ in range(5):
            made = Diagnosis.objects.create(state=State.FINISHED, by=pilot, edition=editions.keep_current())
            made.answers.create(question="st1", answer="2")
    assert counts[0] == counts[1]
