from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.reference.autodiagnostic import questionnaire
from egide.workspace.diagnosis.scoring import LEVELS, SET_ASIDE, UNKNOWN, level, rounded, scored

QUESTIONS = questionnaire().questions
IDS = [one.id for one in QUESTIONS]
CRITICAL = [one.id for one in QUESTIONS if one.critical]
ANSWERS = st.dictionaries(st.sampled_from(IDS), st.sampled_from([*LEVELS, UNKNOWN, SET_ASIDE]))
COUNTED = st.dictionaries(st.sampled_from(IDS), st.sampled_from([*LEVELS, UNKNOWN]), min_size=1)


def test_the_ends() -> None:
    best = scored(questionnaire(), dict.fromkeys(IDS, "3"))
    assert (best.shown, best.missing, best.remedies) == (100, 0, ())
    assert best.band is not None
    assert best.band.label == "exemplaire"
    worst = scored(questionnaire(), dict.fromkeys(IDS, "0"))
    assert worst.shown == 0
    assert len(worst.remedies) == len(IDS)
    nothing = scored(questionnaire(), {})
    assert (nothing.score, nothing.band, nothing.missing, nothing.capped) == (None, None, 40, False)


def test_an_axis_by_hand() -> None:
    # st1 weighs 2, st5 0.5: 100 × (2 × 3 + 0.5 × 1) / ((2 + 0.5) × 3)
    result = scored(questionnaire(), {"st1": "3", "st5": "1"})
    assert result.axes[0].score == Fraction(650, 1) / Fraction(75, 10)
    assert result.score == result.axes[0].score


def test_axes_count_by_their_weight() -> None:
    # Strategy weighs 1, data 1.5.
    assert scored(questionnaire(), {"st1": "3", "do1": "0"}).score == Fraction(100) / Fraction(5, 2)


@given(ANSWERS)
def test_scores_are_between_0_and_100_and_the_band_is_that_of_the_score(answers: dict[str, str]) -> None:
    result = scored(questionnaire(), answers)
    assert all(one.score is None or 0 <= one.score <= 100 for one in result.axes)
    if result.score is None:
        assert result.band is None
        assert set(answers.values()) <= {SET_ASIDE}
    else:
        assert 0 <= result.score <= 100
        assert result.band is not None
        assert result.critical or result.band.min <= rounded(result.score) <= result.band.max


@given(COUNTED, st.data())
def test_a_better_answer_never_lowers_anything(answers: dict[str, str], data: st.DataObject) -> None:
    changed = data.draw(st.sampled_from(sorted(answers)))
    better = data.draw(st.integers(level(answers[changed]), 3))
    before = scored(questionnaire(), answers)
    after = scored(questionnaire(), {**answers, changed: str(better)})
    assert before.score is not None
    assert after.score is not None
    assert before.band is not None
    assert after.band is not None
    assert after.score >= before.score
    assert after.band.min >= before.band.min
    assert set(after.remedies) <= set(before.remedies)


@given(COUNTED, st.sampled_from(CRITICAL), st.sampled_from(["0", UNKNOWN]))
def test_a_critical_question_at_0_caps_the_band(answers: dict[str, str], worst: str, low: str) -> None:
    result = scored(questionnaire(), {**dict.fromkeys(IDS, "3"), **answers, worst: low})
    assert result.band is not None
    assert result.band.label == "fragile"
    assert worst in {one.id for one in result.critical}


@given(ANSWERS, st.sampled_from(IDS))
def test_what_is_set_aside_counts_for_nothing(answers: dict[str, str], aside: str) -> None:
    without = scored(questionnaire(), {key: value for key, value in answers.items() if key != aside})
    with_it = scored(questionnaire(), {**answers, aside: SET_ASIDE})
    assert [one.score for one in with_it.axes] == [one.score for one in without.axes]
    assert (with_it.score, with_it.band, with_it.remedies) == (without.score, without.band, without.remedies)


@given(ANSWERS)
def test_not_knowing_is_level_0(answers: dict[str, str]) -> None:
    as_zero = {key: "0" if value == UNKNOWN else value for key, value in answers.items()}
    assert scored(questionnaire(), answers) == scored(questionnaire(), as_zero)


@given(ANSWERS)
def test_the_plan_is_what_is_low_critical_first_then_by_weight(answers: dict[str, str]) -> None:
    plan = scored(questionnaire(), answers).remedies
    assert {one.id for one in plan} == {key for key, value in answers.items() if value in {"0", "1", UNKNOWN}}
    assert list(plan) == sorted(plan, key=lambda one: (not one.critical, -one.weight))


@pytest.mark.parametrize(("score", "shown"), [(Fraction(79, 2), 40), (Fraction(394, 10), 39)])
def test_scores_are_rounded_halves_upwards(score: Fraction, shown: int) -> None:
    assert rounded(score) == shown


def test_an_answer_to_a_question_of_the_past_is_left_out() -> None:
    assert scored(questionnaire(), {"st1": "2", "disparue": "3"}) == scored(questionnaire(), {"st1": "2"})
