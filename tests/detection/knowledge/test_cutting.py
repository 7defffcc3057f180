from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection.knowledge.cutting import cut, within
from egide.detection.view import fold

WORD = re.compile(r"[^\W\d_]+|\d+")


def _words(text: str) -> list[str]:
    low = fold(text)
    words = cut(low)
    return [low[start:end] for start, end in zip(words.start, words.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'Étoile du Nord", ["l", "etoile", "du", "nord"]),
        ("projet_calypso, X200-B", ["projet", "calypso", "x", "200", "b"]),
        ("cœur de ville €", ["cœur", "de", "ville"]),
        ("", []),
        ("  …  ", []),
    ],
)
def test_words_are_runs_of_letters_or_of_digits(text: str, words: list[str]) -> None:
    assert _words(text) == words


@given(st.text(st.characters(max_codepoint=0x17F), max_size=60))
def test_they_are_those_of_a_regular_expression(text: str) -> None:
    # Figures that are no decimal digits (²) are letters for us, and no word for it.
    if all(not c.isalnum() or c.isalpha() or c.isdecimal() for c in text):
        assert _words(text) == WORD.findall(fold(text))


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert len(cut(fold(text)).block) == len(_words(text))


def test_a_block_ends_where_a_term_could_not_go_on() -> None:
    assert cut("calypso-nord, bien sur").block.tolist() == [0, 0, 1, 1]
    assert cut("calypso\n\n\n\n\nnord").block.tolist() == [0, 1]


def test_within_counts_each_run_from_zero() -> None:
    import numpy as np

    assert within(np.array([2, 0, 3])).tolist() == [0, 1, 0, 1, 2]
