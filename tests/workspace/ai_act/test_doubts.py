from __future__ import annotations

import pytest
from tests.workspace.ai_act.conftest import DRAFTING, RECRUITING, answers

from egide.reference.ai_act import AiAct, Question, ai_act
from egide.workspace.ai_act.doubts import Effect, doubts
from egide.workspace.ai_act.walk import Way, walk


def ids(effect: Effect) -> tuple[set[str], set[str], set[str]]:
    return (
        {one.id for one in effect.adds},
        {one.id for one in effect.may_add},
        {one.id for one in effect.removes},
    )


def test_nothing_is_doubted_when_all_is_known() -> None:
    assert doubts(ai_act(), answers(DRAFTING)) == ()


def test_an_answer_that_would_class_says_so() -> None:
    (one,) = doubts(ai_act(), answers(DRAFTING, ["E5"]))
    assert ids(one.if_yes) == (set(), {"O-T-TEXTE", "O-T-TEXTE-RELU"}, set())
    assert one.if_yes.asks == 1
    assert one.if_no.nothing
    assert "éditeur" in one.ask


def test_an_answer_that_would_end_the_walk_takes_away_the_rest() -> None:
    (one,) = doubts(ai_act(), answers(DRAFTING, ["C5"]))
    assert ids(one.if_yes) == ({"O-INTERDIT"}, set(), {"O-MAITRISE", "O-MINIMAL"})


def test_questions_that_were_not_asked_are_told_with_what_they_may_lead_to() -> None:
    (one,) = doubts(ai_act(), answers(DRAFTING, ["D2_4"]))
    added, possible, _ = ids(one.if_yes)
    assert not added
    assert {"O-HR-ANNEXE-III", "O-EXCEPTION-6-3", "O-INFO-SALARIES"} <= possible
    assert one.if_yes.asks >= 5


def test_what_is_told_is_what_happens() -> None:
    told = answers(RECRUITING, ["D8", "B2"])
    before = walk(ai_act(), told).ids
    for one in doubts(ai_act(), told):
        for answer, effect in (("yes", one.if_yes), ("no", one.if_no)):
            after = walk(ai_act(), {**told, one.question.id: answer})
            added, possible, removed = ids(effect)
            named = {found for found in after.ids - before if not found.startswith("R-")}
            assert added <= named <= added | possible
            assert removed <= before - after.ids


def test_ways_that_go_on_alike_are_followed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    take = Way.take

    def counted(way: Way, table: AiAct, question: Question, answer: str) -> None:
        taken.append(question.id)
        take(way, table, question, answer)

    monkeypatch.setattr(Way, "take", counted)
    (one,) = doubts(ai_act(), answers(DRAFTING, ["D2_6"]))
    assert one.if_yes.asks >= 10
    assert len(taken) < 10_000


def test_several_doubts_leave_each_other_open() -> None:
    found = doubts(ai_act(), answers(DRAFTING, ["C9", "D2_6", "E1"]))
    assert [one.question.id for one in found] == ["C9", "D2_6", "E1"]
