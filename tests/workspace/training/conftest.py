"""Answers to quizzes: all right, or as many as wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.reference.training import Question, modules
from egide.workspace.accounts.models import User
from egide.workspace.training import services
from egide.workspace.training.models import Attempt


def right(question: Question) -> list[int]:
    return list(question.correct)


def wrong(question: Question) -> list[int]:
    return [next(place for place in range(len(question.options)) if place not in question.correct)]


def answers(module: str, missing: int = 0) -> dict[str, list[int]]:
    """Answers of which the first ``missing`` are wrong."""
    quiz = modules()[module].quiz
    return {one.id: wrong(one) if place < missing else right(one) for place, one in enumerate(quiz)}


def posted(attempt: Attempt, chosen: dict[str, list[int]]) -> dict[str, list[str]]:
    """The same answers as the page of this attempt sends them."""
    return {
        question: [str(attempt.order[question].index(place)) for place in places]
        for question, places in chosen.items()
    }


@pytest.fixture
def take(db: None) -> Callable[..., Attempt]:
    """Takes the quiz of a module, with so many wrong answers."""

    def taken(person: User, module: str, missing: int = 0) -> Attempt:
        attempt = services.start(person, modules()[module])
        services.send(attempt, answers(module, missing))
        return Attempt.objects.get(pk=attempt.pk)

    return taken
