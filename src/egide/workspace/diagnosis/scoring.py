"""The score of a set of answers, exactly as the ``method`` of the questionnaire says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext

from egide.reference.autodiagnostic import HIGHEST, Axis, Band, Question, Questionnaire

UNKNOWN: Final = "unknown"
SET_ASIDE: Final = "none"
LEVELS: Final = tuple(str(level) for level in range(HIGHEST + 1))
Answers = Mapping[str, str]
"""By the question's id: a level (``LEVELS``), ``UNKNOWN`` or ``SET_ASIDE``."""


@dataclass(frozen=True, slots=True)
class AxisScore:
    """``score`` is from 0 to 100, none while nothing counts. ``answered`` counts what was set aside, too."""

    axis: Axis
    score: Fraction | None
    answered: int

    @property
    def shown(self) -> int | None:
        """The score as people read it."""
        return None if self.score is None else rounded(self.score)


@dataclass(frozen=True, slots=True)
class Result:
    """``band`` is after the critical rule: ``critical`` holds the questions that capped it.

    ``remedies``: the questions whose remedy is to be applied, critical first, then by weight.
    """

    axes: tuple[AxisScore, ...]
    score: Fraction | None
    band: Band | None
    critical: tuple[Question, ...]
    remedies: tuple[Question, ...]
    set_aside: tuple[Question, ...]
    missing: int
    bands: tuple[Band, ...]

    @property
    def shown(self) -> int | None:
        """The global score as people read it."""
        return None if self.score is None else rounded(self.score)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(one.answered for one in self.axes)

    @property
    def asked(self) -> int:
        """How many questions there are."""
        return self.answered + self.missing

    @property
    def part(self) -> str:
        """On what share of the questions it rests, in words; empty when on all."""
        if not self.missing:
            return ""
        percent = 100 * self.answered // self.asked
        told = {"answered": self.answered, "asked": self.asked, "percent": percent}
        return gettext("sur %(answered)s des %(asked)s questions (%(percent)s %%)") % told

    @property
    def capped(self) -> bool:
        """Whether the critical rule lowered the band."""
        return self.score is not None and bool(self.critical) and self.band != _band(self.score, self.bands)


def rounded(score: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return int(score + Fraction(1, 2))


def scored(questionnaire: Questionnaire, answers: Answers) -> Result:
    """The result of these answers; those to questions that the file no longer has are left out."""
    known = {q.id: answers[q.id] for q in questionnaire.questions if q.id in answers}
    counted = [q for q in questionnaire.questions if known.get(q.id, SET_ASIDE) != SET_ASIDE]
    axes = tuple(_axis(axis, questionnaire.of_axis(axis.id), known) for axis in questionnaire.axes)
    score = _mean((Fraction(one.axis.weight), one.score) for one in axes if one.score is not None)
    critical = tuple(q for q in counted if q.critical and level(known[q.id]) == 0)
    bands = questionnaire.method.bands
    low = [q for q in counted if level(known[q.id]) <= q.remedy.trigger_at_or_below]
    return Result(
        axes=axes,
        score=score,
        band=None if score is None else bands[0] if critical else _band(score, bands),
        critical=critical,
        remedies=tuple(sorted(low, key=lambda q: (not q.critical, -q.weight))),
        set_aside=tuple(q for q in questionnaire.questions if known.get(q.id) == SET_ASIDE),
        missing=len(questionnaire.questions) - len(known),
        bands=bands,
    )


def level(answer: str) -> int:
    """The level that an answer counts for: 0 when one does not know."""
    return 0 if answer == UNKNOWN else int(answer)


def _axis(axis: Axis, questions: Iterable[Question], answers: Answers) -> AxisScore:
    asked = [q for q in questions if q.id in answers]
    levels = [(Fraction(q.weight), level(answers[q.id])) for q in asked if answers[q.id] != SET_ASIDE]
    mean = _mean((weight, Fraction(100 * reached, HIGHEST)) for weight, reached in levels)
    return AxisScore(axis, mean, len(asked))


def _mean(weighted: Iterable[tuple[Fraction, Fraction]]) -> Fraction | None:
    pairs = list(weighted)
    total = sum((weight for weight, _ in pairs), Fraction())
    return sum((weight * value for weight, value in pairs), Fraction()) / total if pairs else None


def _band(score: Fraction, bands: tuple[Band, ...]) -> Band:
    return next(band for band in bands if rounded(score) <= band.max)
