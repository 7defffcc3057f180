from __future__ import annotations

import pytest

from egide.detection.recognisers._lexicon import Flag, lexicon
from egide.detection.view import fold


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("yasmina", Flag.GIVEN_STRONG),
        ("kerbrat", Flag.SURNAME),
        ("petit", Flag.SURNAME_STRONG),
        ("petit", Flag.COMMON),
        ("saint-etienne", Flag.TOWN),
        ("alencon", Flag.TOWN),
        ("paris", Flag.BIG_TOWN),
        ("jean-jaures", Flag.FIGURE),
        ("redige", Flag.OPENER),
        ("mme", Flag.TITLE),
        ("sarl", Flag.LEGAL),
    ],
)
def test_a_word_carries_what_it_may_be(word: str, flag: int) -> None:
    assert lexicon()[word] & flag


@pytest.mark.parametrize("word", ["yasmina", "mehdi", "nguyen"])
def test_a_plain_name_is_no_everyday_word(word: str) -> None:
    assert not lexicon()[word] & Flag.COMMON


def test_words_are_folded() -> None:
    assert [word for word in lexicon() if fold(word) != word] == []


def test_the_lists_stay_small() -> None:
    assert 100_000 < len(lexicon()) < 200_000
