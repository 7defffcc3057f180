from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from egide.detection.recognisers._tokens import LOWER, TITLE, UPPER, tokens
from egide.detection.view import View


def test_an_elided_article_is_cut_off() -> None:
    t = tokens(View("la demande d'Amélie"))
    assert t.word[-1] == "amelie"
    assert t.text[t.start[-1] : t.end[-1]] == "Amélie"


def test_an_apostrophe_that_belongs_to_the_name_stays() -> None:
    assert tokens(View("chez N'Guessan")).word[-1] == "n'guessan"


def test_shapes() -> None:
    assert tokens(View("mot Mot MOT")).shape == [LOWER, TITLE, UPPER]


def test_a_line_in_capitals_gives_no_meaning_to_them() -> None:
    t = tokens(View("IL FAUT RAPPELER LE CLIENT\nMerci Jean"))
    assert not t.capital[0]
    assert t.capital[len(t) - 1]


def test_they_are_made_once_for_a_view() -> None:
    view = View("un texte")
    assert tokens(view) is tokens(view)


@given(st.text(alphabet="aéIİ'’- \n.Mm1d", max_size=60))
def test_offsets_hold_in_the_text(text: str) -> None:
    view = View(text)
    t = tokens(view)
    assert all(view.low[start:end] == word for start, end, word in zip(t.start, t.end, t.word, strict=True))
