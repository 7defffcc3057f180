from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.detection.names.words import cut
from egide.detection.view import View


def test_an_elided_article_and_a_number_stand_apart() -> None:
    words = cut(View("D'Amélie, 14bis rue Jean-Jaurès"))
    assert words.word == ["d'", "amelie", "14", "bis", "rue", "jean-jaures"]
    assert words.gap == ["", "", ", ", "", " ", " ", ""]


@given(st.text())
def test_words_and_gaps_are_the_whole_text(text: str) -> None:
    view = View(text)
    words = cut(view)
    assert "".join(gap + word for gap, word in zip(words.gap, [*words.word, ""], strict=True)) == view.low
    assert [view.low[a:b] for a, b in zip(words.start, words.end, strict=True)] == words.word
