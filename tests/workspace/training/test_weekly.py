from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from tests.workspace.training.conftest import right, wrong

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.training import modules, questions
from egide.workspace.accounts.models import User
from egide.workspace.training import weekly
from egide.workspace.training.models import Attempt, Weekly

People = Callable[..., User]
Take = Callable[..., Attempt]


@pytest.fixture
def zoe(person: People) -> User:
    return person()


def _next_week() -> None:
    for kept in Weekly.objects.all():
        kept.week -= timedelta(days=7)
        kept.save()


def _current(person: User) -> Weekly:
    kept = weekly.current(person)
    assert kept is not None
    return kept


def test_there_is_none_before_the_first_quiz(zoe: User, browser: Callable[..., Client]) -> None:
    assert weekly.current(zoe) is None
    client = browser(Role.COLLABORATOR)
    assert "après votre premier questionnaire" in unescape(
        client.get("/formation/question/").content.decode()
    )
    part = client.post("/formation/question/", {"m1q1": "0"}, headers={"HX-Request": "true"})
    assert part.content.strip() == b""
    assert not Weekly.objects.exists()


def test_it_is_one_that_was_missed_and_stays_all_the_week(zoe: User, take: Take) -> None:
    take(zoe, "m1", missing=1)
    kept = _current(zoe)
    assert kept.question == "m1q1"
    assert kept.week.weekday() == 0
    take(zoe, "m2", missing=3)
    assert (_current(zoe).pk, _current(zoe).order) == (kept.pk, kept.order)


def test_what_is_answered_rightly_does_not_come_back_while_others_wait(zoe: User, take: Take) -> None:
    take(zoe, "m1", missing=3)
    take(zoe, "m1", missing=2)
    seen = []
    for _ in range(3):
        kept = _current(zoe)
        seen.append(kept.question)
        weekly.answer(kept, right(questions()[kept.question]))
        _next_week()
    # Those missed twice first.
    assert set(seen[:2]) == {"m1q1", "m1q2"}
    assert seen[2] == "m1q3"
    assert _current(zoe).question not in seen


def test_what_is_missed_again_comes_back(zoe: User, take: Take) -> None:
    take(zoe, "m1", missing=1)
    for _ in range(3):
        kept = _current(zoe)
        assert kept.question == "m1q1"
        weekly.answer(kept, wrong(questions()["m1q1"]))
        _next_week()


def test_who_missed_nothing_sees_again_what_they_passed(zoe: User, take: Take) -> None:
    take(zoe, "m3")
    seen = []
    for _ in range(7):
        seen.append(_current(zoe).question)
        _next_week()
    assert set(seen) == {one.id for one in modules()["m3"].quiz}


def test_it_is_answered_once(zoe: User, take: Take) -> None:
    take(zoe, "m1", missing=1)
    kept = _current(zoe)
    weekly.answer(kept, wrong(questions()["m1q1"]))
    with pytest.raises(WorkspaceError, match="EG-6431"):
        weekly.answer(kept, right(questions()["m1q1"]))
    assert Weekly.objects.get().right is False


def test_a_question_that_is_no_longer_there_is_replaced(zoe: User, take: Take) -> None:
    take(zoe, "m1", missing=1)
    kept = _current(zoe)
    Weekly.objects.filter(pk=kept.pk).update(question="m1q99")
    assert _current(zoe).question == "m1q1"


def test_it_is_asked_and_explained_on_the_page(zoe: User, take: Take, browser: Callable[..., Client]) -> None:
    client = browser(Role.COLLABORATOR)
    take(zoe, "m1", missing=1)
    question = questions()["m1q1"]
    page = unescape(client.get("/formation/").content.decode())
    assert question.text in page
    assert question.explanation not in page
    kept = Weekly.objects.get()
    place = str(kept.order.index(question.correct[0]))
    part = client.post("/formation/question/", {"m1q1": place}, headers={"HX-Request": "true"})
    told = unescape(part.content.decode())
    assert "Bonne réponse" in told
    assert question.explanation in told
    assert "<html" not in told
    again = client.post("/formation/question/", {"m1q1": "0" if place != "0" else "1"})
    assert "Bonne réponse" in unescape(again.content.decode())
    assert Weekly.objects.get().right is True
    # Nobody else's.
    assert question.text not in unescape(browser(Role.PILOT).get("/formation/question/").content.decode())


def test_nothing_chosen_is_told(zoe: User, take: Take, browser: Callable[..., Client]) -> None:
    take(zoe, "m1", missing=1)
    answer = browser(Role.COLLABORATOR).post("/formation/question/", {})
    assert "Choisissez une réponse" in unescape(answer.content.decode())
    assert Weekly.objects.get().right is None


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 6)])
def test_a_week_begins_on_monday(day: date, monkeypatch: pytest.MonkeyPatch, zoe: User, take: Take) -> None:
    take(zoe, "m1")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)
    assert _current(zoe).week == date(2026, 11, 30)


def test_elsewhere_it_is_folded_and_gone_once_answered(
    zoe: User, take: Take, browser: Callable[..., Client]
) -> None:
    client, asked = browser(Role.COLLABORATOR), {"HX-Request": "true"}
    assert client.get("/formation/question/?plie", headers=asked).content.strip() == b""
    take(zoe, "m1", missing=1)
    part = unescape(client.get("/formation/question/?plie", headers=asked).content.decode())
    assert part.strip().startswith("<details")
    assert " open" not in part.partition("</summary>")[0]
    assert questions()["m1q1"].text in part
    weekly.answer(_current(zoe), right(questions()["m1q1"]))
    assert client.get("/formation/question/?plie", headers=asked).content.strip() == b""
