from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.workspace.training.conftest import answers, posted

from egide.policy import Role
from egide.reference.training import lessons, modules
from egide.workspace.accounts.models import User
from egide.workspace.training import services
from egide.workspace.training.codes import written
from egide.workspace.training.models import Attempt, Certificate

People = Callable[..., User]
Take = Callable[..., Attempt]
Open = Callable[..., Client]


@pytest.fixture
def zoe(person: People) -> User:
    return person(name="Zoé Lefèvre")


@pytest.fixture
def client(zoe: User, browser: Open) -> Client:
    return browser(Role.COLLABORATOR)


def _page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return unescape(answer.content.decode())


def test_the_list_says_where_the_person_is(client: Client, zoe: User, take: Take) -> None:
    page = _page(client, "/formation/")
    assert "À jour : <strong>0 sur 8</strong>" in page
    assert page.count(">Commencer<") == 8
    take(zoe, "m1")
    page = _page(client, "/formation/")
    assert "À jour : <strong>1 sur 8</strong>" in page
    assert page.count(">Relire<") == 1


@pytest.mark.parametrize("module", list(modules()))
def test_a_lesson_is_shown_whole_with_its_sources(module: str, client: Client) -> None:
    page = _page(client, f"/formation/modules/{module}/")
    lesson, found = lessons()[module], modules()[module]
    shown = (*lesson.what, *lesson.scene, *lesson.steps, *lesson.mistake, *lesson.practice.steps)
    for text in (*shown, lesson.example.before, lesson.example.after, lesson.practice.text):
        assert text in page
    for fact in found.key_facts:
        assert fact.text in page
        assert all(source.url in page for source in fact.sources)
    doubtful = sum(not all(source.verified for source in fact.sources) for fact in found.key_facts)
    assert page.count(">à vérifier<") == doubtful
    assert 'href="/assistant/"' in page


def test_from_the_lesson_to_the_certificate(client: Client) -> None:
    begun = client.post("/formation/modules/m1/commencer/")
    attempt = Attempt.objects.get()
    assert (begun.status_code, begun.url) == (302, f"/formation/essais/{attempt.pk}/")
    sent = client.post(begun.url, posted(attempt, answers("m1", missing=1)), follow=True)
    page = unescape(sent.content.decode())
    assert "Module réussi" in page
    assert "85 %" in page
    for question in modules()["m1"].quiz:
        assert question.explanation in page
    assert page.count(">Juste<") == 6
    assert page.count(">À revoir<") == 1
    code = Certificate.objects.get().code
    made = client.get(f"/formation/certificats/{code}.pdf")
    assert made.content.startswith(b"%PDF-")
    assert made["Content-Disposition"] == 'attachment; filename="certificat-m1.pdf"'


@pytest.mark.parametrize("module", list(modules()))
def test_the_quiz_tells_nothing_of_the_right_answers(module: str, client: Client, zoe: User) -> None:
    attempt = services.start(zoe, modules()[module])
    page = _page(client, f"/formation/essais/{attempt.pk}/")
    for question in modules()[module].quiz:
        assert question.explanation not in page
        (part,) = [one for one in page.split("<fieldset") if f'name="{question.id}"' in one]
        # What is sent is a place on the page, in the order of the attempt.
        controls = re.findall(r'value="(\d)".*?<label[^>]*>(.*?)</label>', part, re.DOTALL)
        order = attempt.order[question.id]
        assert controls == [(str(place), question.options[option]) for place, option in enumerate(order)]
    assert "checked" not in page


def test_what_is_not_answered_is_told_and_nothing_counts(client: Client, zoe: User) -> None:
    attempt = services.start(zoe, modules()["m1"])
    sent = posted(attempt, answers("m1"))
    kept = sent.pop("m1q1")
    url = f"/formation/essais/{attempt.pk}/"
    page = unescape(client.post(url, sent).content.decode())
    assert "Il reste une question sans réponse" in page
    assert page.count("checked") == sum(len(places) for places in sent.values())
    for hostile in (["9"], ["-1"], ["x"], ["\x00"], ["0x1"]):
        page = unescape(client.post(url, sent | {"m1q1": hostile}).content.decode())
        assert "sans réponse" in page
    assert Attempt.objects.get().sent_at is None
    client.post(url, sent | {"m1q1": kept, "m2q1": "0", "score": "100"})
    assert Attempt.objects.get().score == 100


def test_sending_twice_changes_nothing(client: Client, zoe: User) -> None:
    attempt = services.start(zoe, modules()["m1"])
    url = f"/formation/essais/{attempt.pk}/"
    client.post(url, posted(attempt, answers("m1", missing=5)))
    page = unescape(client.post(url, posted(attempt, answers("m1")), follow=True).content.decode())
    assert "déjà été envoyées" in page
    assert "Pas encore réussi" in page
    assert Attempt.objects.get().score == 28
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_what_is_someone_elses_is_not_found(role: Role, take: Take, person: People, browser: Open) -> None:
    other = person(email="luc@entreprise.example", name="Luc Autre")
    sent, begun = take(other, "m1"), services.start(other, modules()["m2"])
    client = browser(role)
    for attempt in (sent, begun):
        url = f"/formation/essais/{attempt.pk}/"
        assert client.get(url).status_code == 404
        assert client.post(url, posted(attempt, answers(attempt.module))).status_code == 404
    assert client.get(f"/formation/certificats/{Certificate.objects.get().code}.pdf").status_code == 404
    assert Attempt.objects.get(pk=begun.pk).sent_at is None
    assert "Luc Autre" not in _page(client, "/formation/modules/m1/")


def test_who_is_not_logged_in_only_verifies(take: Take, zoe: User, browser: Open) -> None:
    attempt = take(zoe, "m1")
    code = Certificate.objects.get().code
    for url in (
        "/formation/modules/m1/",
        f"/formation/essais/{attempt.pk}/",
        f"/formation/certificats/{code}.pdf",
    ):
        answer = browser(None).get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/connexion/")
    assert browser(None).post("/formation/modules/m1/commencer/").status_code == 302


def test_a_certificate_is_verified_by_anybody_and_named_to_those_of_the_company(
    take: Take, zoe: User, browser: Open
) -> None:
    take(zoe, "m1")
    code = Certificate.objects.get().code
    for url in (f"/formation/verifier/{code}/", f"/formation/verifier/?code={written(code).lower()}"):
        stranger = _page(browser(None), url)
        assert "Ce certificat est valide" in stranger
        assert modules()["m1"].title in stranger
        assert "Lefèvre" not in stranger
        assert zoe.email not in stranger
        assert "Titulaire : Zoé Lefèvre" in _page(browser(Role.PILOT), url)
    zoe.delete()
    page = _page(browser(Role.PILOT), f"/formation/verifier/{code}/")
    assert "Ce certificat est valide" in page
    assert "n'est plus gardé" in page


@pytest.mark.parametrize("typed", ["0" * 26, "x", "<script>alert(1)</script>", "%00"])
def test_a_code_that_was_not_given_is_not_valid(typed: str, take: Take, zoe: User, browser: Open) -> None:
    take(zoe, "m1")
    answer = browser(None).get("/formation/verifier/", {"code": typed})
    assert answer.status_code == 404
    assert "n'est pas valide" in unescape(answer.content.decode())
    assert "<script>alert" not in answer.content.decode()


def test_an_unknown_module_is_not_found(client: Client) -> None:
    assert client.get("/formation/modules/m99/").status_code == 404
    assert client.post("/formation/modules/m99/commencer/").status_code == 404
    assert client.get("/formation/modules/m1/commencer/").status_code == 405


def test_who_has_not_read_the_notice_is_led_to_it(person: People) -> None:
    client = Client()
    client.force_login(person(email="julie@entreprise.example", informed=False))
    assert client.get("/formation/").url.startswith("/information/lire/")
    assert (
        client.post("/formation/modules/m1/commencer/", follow=True)
        .redirect_chain[-1][0]
        .startswith("/information/lire/")
    )
    assert not Attempt.objects.exists()


def test_questions_do_not_grow_with_what_was_done(client: Client, zoe: User, take: Take) -> None:
    def asked(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            _page(client, url)
        return len(queries)

    take(zoe, "m1")
    asked("/formation/")  # says since when each module is there
    before = [asked("/formation/"), asked("/formation/modules/m1/")]
    for module in modules():
        for _ in range(4):
            take(zoe, module)
    assert [asked("/formation/"), asked("/formation/modules/m1/")] == before
    assert max(before) < 20
