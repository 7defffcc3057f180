from __future__ import annotations

import pytest

from egide.detection import LABELS
from egide.pseudonymisation.words import ALIASES, words

some = words(frozenset({"PERSONNE", "TELEPHONE"}))


@pytest.mark.parametrize("word", ["personne", "personnes", "telephone"])
def test_our_own_words_fit_in_any_case(word: str) -> None:
    assert some.fit(word, strict=True)


@pytest.mark.parametrize("word", ["person", "nom", "phones"])
def test_a_translation_fits_in_capitals_or_brackets_only(word: str) -> None:
    assert some.fit(word, strict=False)
    assert not some.fit(word, strict=True)


def test_every_word_that_fits_may_begin_with_each_of_its_beginnings() -> None:
    for strict in (True, False):
        for word in some.own if strict else some.own | some.other:
            assert all(some.may_begin(word[:size], strict=strict) for size in range(1, len(word) + 1))
    assert not some.may_begin("personnel", strict=False)


def test_words_that_were_not_issued_never_fit() -> None:
    assert not some.fit("iban", strict=False)
    assert not some.may_begin("ib", strict=False)


def test_first_letters_are_known_with_their_accents() -> None:
    assert {"P", "p", "T", "n"} <= some.firsts
    assert words(frozenset({"EMAIL"})).firsts >= {"É", "e"}
    assert not some.firsts & {"b", "Z", "7"}


def test_aliases_are_of_words_that_labels_show() -> None:
    assert ALIASES.keys() <= {label.word for label in LABELS.values()}
