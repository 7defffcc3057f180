from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pypdfium2
import pytest
from django.test import Client

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.reference.autodiagnostic import Questionnaire, questionnaire
from egide.workspace.accounts.models import User
from egide.workspace.diagnosis import editions, opinions, services
from egide.workspace.diagnosis.models import Diagnosis, Edition
from egide.workspace.diagnosis.report import report
from egide.workspace.diagnosis.shown import shown


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.fixture
def before(pilot: User) -> Diagnosis:
    """Finished under the questionnaire of the file."""
    diagnosis = services.start(pilot)
    for question in questionnaire().questions:
        services.answer(diagnosis.pk, question.id, "2", pilot)
    services.finish(diagnosis.pk)
    diagnosis.refresh_from_db()
    return diagnosis


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch, before: Diagnosis) -> Questionnaire:
    """From now on: the first axis is gone, the others come in another order, questions weigh otherwise."""
    old = questionnaire()
    gone, *left = old.axes
    questions = [one for one in old.questions if one.axis != gone.id]
    first = questions[0].model_copy(update={"text": "Une tout autre question ?", "id": "zz1"})
    new = old.model_copy(
        update={
            "axes": tuple(left[::-1]),
            "questions": (first, *questions[1:]),
            "prepared_on": "2027-03-01",
        }
    )
    monkeypatch.setattr(editions, "questionnaire", lambda: new)
    return new


def _page(client: Client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def test_what_is_finished_keeps_its_questionnaire_and_its_score(
    before: Diagnosis, another: Questionnaire, browser: Callable[..., Client]
) -> None:
    result = services.result(before)
    assert (result.shown, result.missing, len(result.axes)) == (67, 0, len(questionnaire().axes))
    client = browser(Role.PILOT)
    gone = questionnaire().axes[0]
    page = _page(client, f"/autodiagnostic/{before.pk}/axes/{gone.id}/")
    assert questionnaire().of_axis(gone.id)[0].text in page
    assert "tout autre question" not in _page(client, f"/autodiagnostic/{before.pk}/resultat/")
    assert client.get("/autodiagnostic/").status_code == 200


def test_a_comparison_between_two_editions_says_so(
    before: Diagnosis, another: Questionnaire, pilot: User, browser: Callable[..., Client]
) -> None:
    second = services.start(pilot)
    for question in another.questions:
        services.answer(second.pk, question.id, "3", pilot)
    told = shown(second)
    assert told.changed
    assert [line.before for line in told.axes] == [67] * len(another.axes), "each beside its own axis"
    assert len(set(told.radar.before.split())) == len(another.axes)
    page = _page(browser(Role.PILOT), f"/autodiagnostic/{second.pk}/resultat/")
    assert "Le questionnaire a changé depuis le précédent" in page
    assert "Questionnaire préparé le 1 mars 2027" in page
    document = pypdfium2.PdfDocument(report(second))
    text = " ".join(" ".join(one.get_textpage().get_text_bounded() for one in document).split())
    assert "Le questionnaire a changé depuis le précédent" in text
    assert not shown(before).changed


def test_one_in_progress_goes_on_with_the_questions_it_began_with(
    pilot: User,
    person: Callable[..., User],
    browser: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zoe, open_one = person(), services.start(pilot)
    axis = questionnaire().axes[0]
    opinions.invite(open_one.pk, zoe, [axis.id])
    old = questionnaire()
    monkeypatch.setattr(
        editions, "questionnaire", lambda: old.model_copy(update={"prepared_on": "2027-03-01"})
    )
    services.answer(open_one.pk, "st1", "1", pilot)
    opinions.answer(open_one.pk, "st1", "1", zoe)
    with pytest.raises(WorkspaceError, match="EG-6492"):
        services.answer(open_one.pk, "zz1", "1", pilot)
    assert services.start(pilot) == open_one
    assert "avec lesquelles il a commencé" in _page(browser(Role.PILOT), f"/autodiagnostic/{open_one.pk}/")


def test_an_edition_is_kept_once(before: Diagnosis, pilot: User) -> None:
    services.start(pilot)
    assert Edition.objects.get().pk == before.edition_id
