from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection.runs import Runs

TEXT = "fr76 le 06 39, rue 12b, 192.168.1.1, w751234567 et 48.85"


def texts(spans: list[tuple[int, int]]) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


def test_runs_are_given_in_order() -> None:
    assert texts(Runs(TEXT).spans)[:4] == ["76", "06", "39", "12"]
    assert Runs("").spans == []


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ((3,), ["192", "168"]),
        ((1, 9), ["1", "1", "751234567"]),
        ((5,), []),
        ((9, 3), ["192", "168", "751234567"]),
    ],
)
def test_runs_are_given_by_their_length_in_order(sizes: tuple[int, ...], expected: list[str]) -> None:
    assert texts(Runs(TEXT).sized(*sizes)) == expected


def test_long_runs() -> None:
    assert texts(Runs(TEXT).longer(4)) == ["751234567"]


def test_the_next_run_from_a_place() -> None:
    runs = Runs(TEXT)
    assert TEXT[runs.next(5) :].startswith("06")
    assert runs.next(runs.starts[1]) == runs.starts[1]
    assert runs.next(len(TEXT)) == sys.maxsize


def test_runs_behind_letters() -> None:
    assert texts(Runs(TEXT).lettered) == ["76", "06", "12", "48"]


def test_words_of_letters_and_digits() -> None:
    assert texts(Runs(TEXT).codes) == ["fr76", "12b", "w751234567"]
    assert Runs("a1b2c3").codes == [(0, 6)]


def test_runs_by_what_follows() -> None:
    assert texts(Runs(TEXT).dotted) == ["192", "168", "1", "48"]
    assert texts(Runs(TEXT).followed(",")) == ["39", "1"]
    assert Runs(TEXT).followed("°") == []


@given(st.text(alphabet="ab1 2.\n("))
def test_every_run_has_one_length_and_is_followed_by_one_character(text: str) -> None:
    runs = Runs(text)
    assert sorted(run for size in range(1, len(text) + 1) for run in runs.sized(size)) == runs.spans
    followed = [run for mark in "ab .\n(" for run in runs.followed(mark)]
    assert sorted(followed) == [run for run in runs.spans if run[1] < len(text)]
