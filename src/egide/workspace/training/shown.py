"""What pages show of answers that were sent: each question, its options as they were shown, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from egide.reference.sources import Source, to_review
from egide.reference.training import Fact, Question, training
from egide.workspace.training.quiz import Answers, Order, is_right


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    chosen: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A question after its answer."""

    question: Question
    options: tuple[Option, ...]
    right: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fact as a page shows it. ``doubtful``: to be checked again."""

    text: str
    sources: tuple[Source, ...]
    doubtful: bool


def explained(questions: Sequence[Question], order: Order, answers: Answers, today: date) -> list[Explained]:
    """The answers, in the order in which they were given."""
    return [_explained(one, order[one.id], answers.get(one.id, ()), today) for one in questions]


def remembered(facts: Sequence[Fact], today: date) -> list[Remembered]:
    """The facts of a module, with a mark on those to be checked again."""
    return [Remembered(one.text, one.sources, _doubtful(one.sources, today)) for one in facts]


def _explained(question: Question, order: Sequence[int], chosen: Sequence[int], today: date) -> Explained:
    options = tuple(
        Option(question.options[place], place in chosen, place in question.correct) for place in order
    )
    return Explained(question, options, is_right(question, chosen), _doubtful(question.sources, today))


def _doubtful(sources: Sequence[Source], today: date) -> bool:
    # A text of law does not grow stale by its own date: what counts is when it was last read.
    return to_review(training().prepared_on, today) or not all(source.verified for source in sources)
