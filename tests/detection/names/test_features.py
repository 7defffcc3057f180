from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.detection import Finding
from egide.detection.names.features import FORMS, HASHED, NO_EVIDENCE, PER_WORD, evidence, flags, forms, rows
from egide.detection.names.words import cut
from egide.detection.recognisers._lexicon import Flag
from egide.detection.view import View


def found(start: int, end: int, label: str) -> Finding:
    return Finding(start, end, label, 0.9, "test", "")


@given(st.text())
def test_every_row_is_inside_its_table(text: str) -> None:
    view = View(text)
    words = cut(view)
    assert all(0 <= row < FORMS for column in forms(view, words, ()) for row in column)
    assert all(0 <= row < HASHED for word in words.word for row in rows(word))
    assert all(len(rows(word)) == PER_WORD for word in words.word)


def test_numbers_are_known_by_their_length_alone() -> None:
    assert rows("35000") == rows("69003") != rows("350")


def test_a_compound_and_an_elided_word_have_their_flags() -> None:
    assert flags("jean-pierre") & Flag.GIVEN
    assert flags("d'") & Flag.PARTICLE


def test_the_shape_tells_capitals_and_digits_apart() -> None:
    text = "perrin Perrin PERRIN P. McCoy 2026 12"
    view = View(text)
    shapes = forms(view, cut(view), ())[0]
    assert len(set(shapes)) == len(shapes)


def test_a_word_seen_elsewhere_with_a_capital_is_marked() -> None:
    view = View("On appelle Rose demain. rose est là")
    words = cut(view)
    seen = forms(view, words, ())[2]
    assert seen[words.word.index("rose")] != seen[words.word.index("demain")]


def test_evidence_begins_and_goes_on_and_the_longest_wins() -> None:
    words = cut(View("voir Anne Perrin demain"))
    told = evidence(words, [found(5, 16, "PERSON"), found(10, 16, "ORGANISATION")])
    assert told[0] == told[3] == NO_EVIDENCE
    assert told[2] == told[1] + 1
