"""A quiz without its storage: options in another order, and the score of what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from egide.reference.training import Module, Question

Order = dict[str, list[int]]  # question → places of its options, as they are shown
Answers = Mapping[str, Sequence[int]]  # question → places of the chosen options


@dataclass(frozen=True, slots=True)
class Grade:
    """``missed``: questions whose right options, and no other, were not all chosen."""

    score: int
    passed: bool
    missed: tuple[str, ...]


def shuffled(questions: Sequence[Question], chance: Random) -> Order:
    """The options of each question in an order of their own."""
    return {one.id: chance.sample(range(len(one.options)), len(one.options)) for one in questions}


def fits(questions: Sequence[Question], order: Order) -> bool:
    """Whether this order is one of these very questions."""
    return set(order) == {one.id for one in questions} and all(
        sorted(order[one.id]) == list(range(len(one.options))) for one in questions
    )


def is_right(question: Question, chosen: Sequence[int]) -> bool:
    """Whether all the right options were chosen, and no other."""
    return set(chosen) == set(question.correct)


def grade(module: Module, answers: Answers) -> Grade:
    """The score in per cent, rounded down, and whether it passes."""
    missed = tuple(one.id for one in module.quiz if not is_right(one, answers.get(one.id, ())))
    score = 100 * (len(module.quiz) - len(missed)) // len(module.quiz)
    return Grade(score, score >= module.pass_score_pct, missed)
