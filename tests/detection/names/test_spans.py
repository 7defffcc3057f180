from __future__ import annotations

import numpy as np

from egide.detection.names.spans import ACCOMPANIED, ALONE, company, spans

HALF = np.full((2, 2), 0.5, np.float32)


def weights(*rows: tuple[float, ...]) -> np.ndarray:
    """Rows of nothing, then beginning and inside of two labels."""
    return np.array(rows, np.float32)


def test_words_of_one_label_make_one_run() -> None:
    found = spans(weights((0.9, 0.1, 0, 0, 0), (0.1, 0.8, 0.1, 0, 0), (0, 0.2, 0.8, 0, 0)), HALF)
    assert [(first, end, label) for first, end, label, _ in found] == [(1, 3, 0)]


def test_a_beginning_cuts_a_run() -> None:
    found = spans(weights((0, 0.9, 0.1, 0, 0), (0, 0.9, 0.1, 0, 0)), HALF)
    assert [(first, end) for first, end, *_ in found] == [(0, 1), (1, 2)]


def test_another_label_cuts_a_run() -> None:
    found = spans(weights((0, 0.9, 0.1, 0, 0), (0, 0, 0, 0.2, 0.8)), HALF)
    assert [label for _, _, label, _ in found] == [0, 1]


def test_a_word_below_its_threshold_is_left_out() -> None:
    row = weights((0.55, 0.45, 0, 0, 0))
    assert spans(row, HALF) == []
    assert len(spans(row, np.full((2, 2), 0.4, np.float32))) == 1


def test_the_score_is_the_mean_of_its_words() -> None:
    found = spans(weights((0.2, 0.8, 0, 0, 0), (0.4, 0, 0.6, 0, 0)), HALF)
    assert abs(found[0][3] - 0.7) < 1e-6


def test_what_is_surely_something_is_kept_though_its_label_is_in_doubt() -> None:
    found = spans(weights((0.1, 0.46, 0, 0.44, 0)), np.full((2, 2), 0.8, np.float32))
    assert [label for _, _, label, _ in found] == [0]


def test_each_word_has_the_threshold_of_its_company() -> None:
    thresholds = np.array([[0.9, 0.9], [0.5, 0.5]], np.float32)
    rows = weights((0.3, 0.7, 0, 0, 0), (0.3, 0.7, 0, 0, 0))
    found = spans(rows, thresholds, np.array([ALONE, ACCOMPANIED]))
    assert [first for first, *_ in found] == [1]


def test_a_value_is_accompanied_by_sure_others_and_not_by_itself() -> None:
    nothing = np.full(200, 1.0, np.float32)
    nothing[10:13] = 0.05
    assert not company(nothing)[10:13].any()
    nothing[40] = 0.3
    assert not company(nothing)[10:13].any()
    assert company(nothing)[40] == ACCOMPANIED
    nothing[40] = 0.02
    beside = company(nothing)
    assert beside[10] == beside[40] == ACCOMPANIED
    assert beside[150] == ALONE
