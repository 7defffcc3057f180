"""A self-diagnosis as its pages show it: axes, questions with their choices, result with what moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.autodiagnostic import Axis, Question, Questionnaire
from egide.workspace.actions.models import Action, Origin
from egide.workspace.actions.services import running
from egide.workspace.diagnosis import editions, services
from egide.workspace.diagnosis.known import Proposal
from egide.workspace.diagnosis.links import Page, page_of
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.radar import Radar, radar
from egide.workspace.diagnosis.scoring import SET_ASIDE, UNKNOWN, AxisScore, Result

NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
CHANGED: Final = _(
    "Le questionnaire a changé depuis le précédent : les deux scores ne répondent pas tout à fait aux mêmes "
    "questions, et leur écart ne mesure pas que vos progrès."
)
WORDS = {UNKNOWN: _("Je ne sais pas"), SET_ASIDE: _("Sans objet")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the answers one may give (value, words, people who chose it), and the one that was given.

    ``opinions``: how many people gave theirs; ``proposed``: the answer that Égide proposes, in words.
    """

    question: Question
    choices: tuple[tuple[str, str, int], ...]
    given: str
    opinions: int
    proposed: str
    reason: str

    @property
    def said(self) -> str:
        """The answer that was given, in words."""
        return next((label for value, label, _ in self.choices if value == self.given), self.given)

    @property
    def differ(self) -> bool:
        """Whether people do not all think the same."""
        return sum(count > 0 for _, _, count in self.choices) > 1


@dataclass(frozen=True, slots=True)
class AxisLine:
    """An axis in the table of the result. ``moved``: the points since the previous one, if both count."""

    score: AxisScore
    before: int | None

    @property
    def moved(self) -> int | None:
        """How many points it moved."""
        now = self.score.shown
        return None if now is None or self.before is None else now - self.before


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to do for a question, and where."""

    question: Question
    axis: Axis
    answer: str
    page: Page | None
    action: Action | None


@dataclass(frozen=True, slots=True)
class Shown:
    """The result of one self-diagnosis, beside the previous one. ``questionnaire``: that of this one;
    ``changed``: the previous one had another."""

    diagnosis: Diagnosis
    questionnaire: Questionnaire
    changed: bool
    result: Result
    previous: Diagnosis | None
    before: Result | None
    axes: tuple[AxisLine, ...]
    radar: Radar
    remedies: tuple[Remedy, ...]

    @property
    def moved(self) -> int | None:
        """How many points the global score moved."""
        now, before = self.result.shown, self.before.shown if self.before else None
        return None if now is None or before is None else now - before

    @property
    def points(self) -> int:
        """How many points lie between it and the previous one."""
        return abs(self.moved or 0)

    @property
    def described(self) -> str:
        """The figure in words."""
        told = gettext("Score par thème, de 0 au centre à 100 au bord. %(axes)s.")
        return told % {"axes": gettext(" ; ").join(_described(line) for line in self.axes)}


def asked(
    questionnaire: Questionnaire,
    axis: str,
    answers: Mapping[str, str],
    *,
    opinions: Mapping[str, Mapping[str, int]] = NOTHING,
    proposals: Mapping[str, Proposal] = NOTHING,
) -> list[Asked]:
    """The questions of an axis."""
    lines = []
    for question in questionnaire.of_axis(axis):
        counts, known = opinions.get(question.id, {}), proposals.get(question.id)
        lines.append(
            Asked(
                question,
                tuple((value, label, counts.get(value, 0)) for value, label in choices(question)),
                answers.get(question.id, ""),
                sum(counts.values()),
                words(question, known.answer) if known else "",
                known.reason if known else "",
            )
        )
    return lines


def choices(question: Question) -> tuple[tuple[str, str], ...]:
    """What one may answer, in words."""
    levels = tuple((str(one.level), one.label) for one in question.answers)
    aside = ((SET_ASIDE, str(WORDS[SET_ASIDE])),) if question.may_be_set_aside else ()
    return (*levels, (UNKNOWN, str(WORDS[UNKNOWN])), *aside)


def words(question: Question, answer: str) -> str:
    """An answer in words."""
    return dict(choices(question)).get(answer, answer)


def shown(diagnosis: Diagnosis) -> Shown:
    """Its result."""
    answers = services.answers(diagnosis)
    result = services.result(diagnosis)
    previous = services.previous(diagnosis)
    before = services.result(previous) if previous else None
    questionnaire = editions.of(diagnosis)
    axes = {axis.id: axis for axis in questionnaire.axes}
    old = {one.axis.id: one.score for one in before.axes} if before else {}
    actions = running(Origin.DIAGNOSIS, (one.id for one in result.remedies))
    return Shown(
        diagnosis,
        questionnaire,
        previous is not None and previous.edition_id != diagnosis.edition_id,
        result,
        previous,
        before,
        _lines(result, before),
        radar(
            [one.axis.name for one in result.axes],
            [one.score for one in result.axes],
            [old.get(one.axis.id) for one in result.axes] if before else (),
        ),
        tuple(
            Remedy(q, axes[q.axis], words(q, answers[q.id]), page_of(q.remedy.feature), actions.get(q.id))
            for q in result.remedies
        ),
    )


def _described(line: AxisLine) -> str:
    score = gettext("pas encore de score") if line.score.shown is None else line.score.shown
    told = {"axis": line.score.axis.name, "score": score, "before": line.before}
    if line.before is None:
        return gettext("%(axis)s : %(score)s") % told
    return gettext("%(axis)s : %(score)s (précédemment %(before)s)") % told


def _lines(result: Result, before: Result | None) -> tuple[AxisLine, ...]:
    old = {one.axis.id: one.shown for one in before.axes} if before else {}
    return tuple(AxisLine(one, old.get(one.axis.id)) for one in result.axes)
