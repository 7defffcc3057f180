from __future__ import annotations

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
from egide.workspace.diagnosis import opinions, services
from egide.workspace.diagnosis.models import Diagnosis, View
from egide.workspace.diagnosis.views import PAGE


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.fixture
def diagnosis(pilot: User) -> Diagnosis:
    return services.start(pilot)


@pytest.fixture
def zoe(person: Callable[..., User]) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def luc(person: Callable[..., User]) -> User:
    return person(email="luc@entreprise.example", name="Luc Morel")


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).split("<main")[1]


def test_who_is_invited_answers_their_axes_only(diagnosis: Diagnosis, zoe: User, luc: User) -> None:
    opinions.invite(diagnosis.pk, zoe, ["rgpd"])
    opinions.answer(diagnosis.pk, "rg1", "1", zoe)
    assert opinions.given_by(diagnosis, zoe) == {"rg1": "1"}
    for person, question in ((zoe, "st1"), (luc, "rg1")):
        with pytest.raises(WorkspaceError) as refused:
            opinions.answer(diagnosis.pk, question, "1", person)
        assert refused.value.code == "EG-6499"
    assert (opinions.waiting(zoe), opinions.waiting(luc)) == (1, 0)


def test_an_opinion_is_not_the_answer_of_the_company(diagnosis: Diagnosis, zoe: User) -> None:
    opinions.invite(diagnosis.pk, zoe, ["rgpd"])
    opinions.answer(diagnosis.pk, "rg1", "3", zoe)
    assert services.result(diagnosis).score is None


def given(diagnosis: Diagnosis, people: list[User], question: str, *answers: str) -> None:
    for one, answer in zip(people, answers, strict=False):
        opinions.invite(diagnosis.pk, one, ["rgpd"])
        opinions.answer(diagnosis.pk, question, answer, one)


@pytest.fixture
def team(person: Callable[..., User]) -> list[User]:
    return [person(email=f"p{number}@entreprise.example") for number in range(5)]


def test_counts_wait_for_the_end_and_for_enough_people_who_differ(
    diagnosis: Diagnosis, team: list[User], pilot: User
) -> None:
    given(diagnosis, [pilot, *team], "rg1", "0", "1", "1", "1", "3", "2")
    given(diagnosis, [pilot, *team], "rg2", "0", "1", "1", "1", "3")
    given(diagnosis, [pilot, *team], "rg3", "0", "1", "1", "1", "1", "3")
    given(diagnosis, [pilot, *team], "rg4", "0", "1", "1", "1", "1", "1")
    assert opinions.counts(diagnosis, "rgpd", pilot) == {}
    opinions.close(diagnosis.pk)
    diagnosis.refresh_from_db()
    # rg2: four besides who looks; rg3: who said 3 would know what each of the others said.
    assert opinions.counts(diagnosis, "rgpd", pilot) == {"rg1": {"1": 3, "2": 1, "3": 1}}
    assert opinions.counts(diagnosis, "strategie", pilot) == {}


def test_closed_opinions_never_change(diagnosis: Diagnosis, zoe: User, luc: User) -> None:
    opinions.invite(diagnosis.pk, zoe, ["rgpd"])
    opinions.close(diagnosis.pk)
    changes: list[Callable[[], object]] = [
        lambda: opinions.invite(diagnosis.pk, luc, ["rgpd"]),
        lambda: opinions.answer(diagnosis.pk, "rg1", "1", zoe),
        lambda: opinions.close(diagnosis.pk),
    ]
    for change in changes:
        with pytest.raises(WorkspaceError) as refused:
            change()
        assert refused.value.code == "EG-6500"
    assert opinions.waiting(zoe) == 0


def test_the_pilot_sees_numbers_and_no_name(
    diagnosis: Diagnosis, zoe: User, luc: User, team: list[User], browser: Callable[..., Client]
) -> None:
    client = browser(Role.PILOT)
    for person in (zoe, luc):
        told = {"person": person.public_id, "axes": ["rgpd", "ethique"]}
        client.post(f"/autodiagnostic/{diagnosis.pk}/avis/", told)
    assert "Zoé Lefèvre" in page(client, f"/autodiagnostic/{diagnosis.pk}/")
    for person, chosen in ((zoe, "1"), (luc, "3")):
        url = f"/autodiagnostic/{diagnosis.pk}/avis/rg1/"
        assert "Enregistré" in logged_in(person).post(url, {"rg1": chosen}).content.decode()
    given(diagnosis, team, "rg1", "1", "3", "2")
    rgpd = f"/autodiagnostic/{diagnosis.pk}/axes/rgpd/"
    assert " avis</span>" not in page(client, rgpd)
    closing = f"/autodiagnostic/{diagnosis.pk}/avis-clos/"
    assert logged_in(zoe).post(closing).status_code == 403
    assert client.get(closing).status_code == 405
    client.post(closing)
    seen = page(client, rgpd)
    assert "Avis partagés" in seen
    assert (seen.count("2 avis"), seen.count("1 avis")) == (2, 1)
    assert "Zoé" not in seen


def test_nobody_sees_the_opinion_of_another(diagnosis: Diagnosis, zoe: User, luc: User) -> None:
    for person in (zoe, luc):
        opinions.invite(diagnosis.pk, person, ["rgpd"])
    opinions.answer(diagnosis.pk, "rg1", "1", zoe)
    opinions.answer(diagnosis.pk, "rg1", "3", luc)
    seen = page(logged_in(zoe), "/autodiagnostic/mon-avis/rgpd/")
    assert 'id="rg1-1" checked' in seen
    assert seen.count(" checked") == 1
    assert "avis</span>" not in seen
    assert "Égide propose" not in seen


def test_it_works_without_a_script(diagnosis: Diagnosis, zoe: User) -> None:
    opinions.invite(diagnosis.pk, zoe, ["rgpd"])
    client = logged_in(zoe)
    assert "0 sur 5" in page(client, "/autodiagnostic/mon-avis/")
    client.post("/autodiagnostic/mon-avis/rgpd/", {"rg1": "2", "rg2": "unknown", "st1": "3"})
    assert opinions.given_by(diagnosis, zoe) == {"rg1": "2", "rg2": "unknown"}


def test_who_is_not_invited_is_asked_nothing(diagnosis: Diagnosis, zoe: User) -> None:
    client = logged_in(zoe)
    assert "On ne vous demande pas d'avis" in page(client, "/autodiagnostic/mon-avis/")
    assert client.get("/autodiagnostic/mon-avis/rgpd/").status_code == 404
    told = client.post(f"/autodiagnostic/{diagnosis.pk}/avis/rg1/", {"rg1": "3"}).content.decode()
    assert "n'est pas demandé" in unescape(told)
    invitation = {"person": zoe.public_id, "axes": ["rgpd"]}
    assert client.post(f"/autodiagnostic/{diagnosis.pk}/avis/", invitation).status_code == 403
    assert not View.objects.exists()


def test_a_wrong_invitation_says_why(
    diagnosis: Diagnosis, browser: Callable[..., Client], pilot: User
) -> None:
    client = browser(Role.PILOT)
    for told in ({"person": "inconnu", "axes": ["rgpd"]}, {"person": pilot.public_id}, {"axes": ["rien"]}):
        answer = client.post(f"/autodiagnostic/{diagnosis.pk}/avis/", told)
        assert "invalid-feedback" in answer.content.decode()
    assert not diagnosis.invitations.exists()


def test_opinions_end_with_the_diagnosis_and_lose_the_name_of_who_leaves(
    diagnosis: Diagnosis, zoe: User, team: list[User], pilot: User
) -> None:
    given(diagnosis, [zoe, *team], "rg1", "1", "2", "2", "1", "2", "1")
    for question in questionnaire().questions:
        services.answer(diagnosis.pk, question.id, "2", pilot)
    services.finish(diagnosis.pk)
    with pytest.raises(WorkspaceError) as refused:
        opinions.answer(diagnosis.pk, "rg1", "3", zoe)
    assert refused.value.code == "EG-6491"
    assert opinions.waiting(zoe) == 0
    diagnosis.refresh_from_db()
    before = opinions.counts(diagnosis, "rgpd", pilot)
    zoe.delete()
    assert opinions.counts(diagnosis, "rgpd", pilot) == before == {"rg1": {"1": 3, "2": 3}}
    assert View.objects.filter(person=None).count() == 1


def test_pages_ask_as_much_for_many_as_for_few(
    diagnosis: Diagnosis, browser: Callable[..., Client], person: Callable[..., User], zoe: User, luc: User
) -> None:
    client = browser(Role.PILOT)
    addresses = [f"/autodiagnostic/{diagnosis.pk}/{end}" for end in ("", "axes/rgpd/", "resultat/")]
    people = [zoe, luc, *(person(email=f"p{number}@entreprise.example") for number in range(8))]
    page(client, addresses[1])  # what is made once is made now
    counts = []
    for some in (people[:2], people[2:]):
        for one in some:
            opinions.invite(diagnosis.pk, one, ["rgpd"])
            opinions.answer(diagnosis.pk, "rg1", "1", one)
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                page(client, address)
            counts.append(len(asked))
    assert counts[:3] == counts[3:]


def test_who_is_invited_is_listed_page_by_page_with_their_axes(
    diagnosis: Diagnosis, browser: Callable[..., Client], person: Callable[..., User]
) -> None:
    client, axes = browser(Role.PILOT), [axis.id for axis in questionnaire().axes[:2]]
    for number in range(PAGE + 1):
        one = person(email=f"p{number:03}@entreprise.example", name=f"Personne {number:03}")
        opinions.invite(diagnosis.pk, one, axes if number == PAGE else axes[:1])
    names = [axis.name for axis in questionnaire().axes[:2]]
    first = page(client, f"/autodiagnostic/{diagnosis.pk}/")
    assert f'<span>Personne 000</span><span class="eg-quiet">{names[0]}</span>' in first
    assert "<span>Personne 100</span>" not in first
    assert "Page 1 sur 2" in first
    last = page(client, f"/autodiagnostic/{diagnosis.pk}/?page=2")
    assert f'<span>Personne 100</span><span class="eg-quiet">{", ".join(names)}</span>' in last
    opinions.close(diagnosis.pk)
    assert "Page 1 sur 2" in page(client, f"/autodiagnostic/{diagnosis.pk}/")
