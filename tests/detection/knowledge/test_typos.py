from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.detection.knowledge.making import lists, values

from egide.detection.knowledge.lists import Lists
from egide.detection.recognisers._lexicon import lexicon

# No plural, no everyday word: those have rules of their own.
WORDS = st.text(ascii_lowercase, min_size=6, max_size=20).filter(lambda word: word[-1] not in "sx")


def _unknown(*words: str) -> None:
    assume(not any(lexicon().get(word) for word in words))


def _edited(word: str, at: int, letter: str, way: int) -> str:
    at %= len(word)
    swapped = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    head, tail = word[:at], word[at:]
    return [head + letter + tail[1:], head + tail[1:], head + letter + tail, swapped][way]


@settings(deadline=None)  # the first one reads the word lists
@given(WORDS, st.integers(0, 19), st.sampled_from(ascii_lowercase), st.integers(0, 3))
def test_any_single_edit_of_a_long_word_is_found(word: str, at: int, letter: str, way: int) -> None:
    typed = _edited(word, at, letter, way)
    _unknown(word, typed)
    assert values(lists("client", word), f"Voir avec {typed.title()} demain.") == {typed.title()}


@settings(deadline=None)  # the first one reads the word lists
@given(WORDS, WORDS)
def test_another_word_is_not(word: str, other: str) -> None:
    assume(_distance(word, other) > 2)
    _unknown(word, other)
    assert values(lists("client", word), f"Voir avec {other.title()} demain.") == set()


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


@pytest.fixture(scope="module")
def clients() -> Lists:
    return lists("client", "Kerva", "Talbourdet", "Menuiserie Talvard", "Marchetti")


@pytest.mark.parametrize("text", ["Voir avec Kerba.", "Voir avec Kervaa.", "Voir avec Tolbourdat."])
def test_a_short_word_or_two_edits_are_not_forgiven(clients: Lists, text: str) -> None:
    assert values(clients, text) == set()


def test_a_whole_term_may_hold_one_typo_only(clients: Lists) -> None:
    assert values(clients, "la menuisserie talvard") == {"menuisserie talvard"}
    assert values(clients, "la menuisserie talverd") == set()


def test_an_everyday_word_is_no_typo(clients: Lists) -> None:
    assert values(lists("client", "Marchane"), "Le Marchand de sable et le marchand") == set()


def test_a_plural_may_hold_a_typo_too(clients: Lists) -> None:
    assert values(clients, "chez les Talbourdats") == {"Talbourdats"}
