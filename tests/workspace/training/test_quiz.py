from __future__ import annotations

from random import Random

import pytest
from tests.workspace.training.conftest import answers

from egide.reference.training import modules, questions
from egide.workspace.training.quiz import fits, grade, is_right, shuffled


@pytest.mark.parametrize("module", list(modules()))
def test_a_quiz_is_passed_from_four_fifths_on(module: str) -> None:
    found = modules()[module]
    for missing in range(len(found.quiz) + 1):
        result = grade(found, answers(module, missing))
        right = len(found.quiz) - missing
        assert result.passed == (right * 100 >= 80 * len(found.quiz))
        assert result.score == 100 * right // len(found.quiz)
        assert list(result.missed) == [one.id for one in found.quiz[:missing]]


def test_all_the_right_options_and_no_other() -> None:
    several = questions()["m1q5"]
    assert is_right(several, [3, 0, 1])
    for chosen in ([], [0], [0, 1], [0, 1, 2, 3], [2]):
        assert not is_right(several, chosen)


def test_what_is_not_answered_is_wrong() -> None:
    assert grade(modules()["m1"], {}).score == 0


def test_options_are_shown_in_another_order_each_time() -> None:
    quiz = modules()["m1"].quiz
    orders = [shuffled(quiz, Random(seed)) for seed in range(200)]
    assert all(fits(quiz, order) for order in orders)
    for question in quiz:
        # The right option is not always at the same place.
        places = {order[question.id].index(question.correct[0]) for order in orders}
        assert places == set(range(len(question.options)))


@pytest.mark.parametrize("order", [{}, {"m1q1": [0, 1, 2, 3]}])
def test_an_order_of_other_questions_does_not_fit(order: dict[str, list[int]]) -> None:
    quiz = modules()["m1"].quiz
    assert not fits(quiz, order)
    whole = shuffled(quiz, Random(1))
    assert not fits(quiz, whole | {"m1q1": [0, 0, 1, 2]})
