from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from egide.detection.view import View, fold


@given(st.text())
@example("İstanbul ŉ ǰ ΐ ﬃ")
@example("\u00a0\u202f’–É")
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_lowers_and_takes_accents_away() -> None:
    assert fold("ÉLOÏSE Noël, Ça") == "eloise noel, ca"


def test_folding_makes_typography_plain() -> None:
    assert fold("l’année\u202f2024\u00a0– 12") == "l'annee 2024 - 12"


@given(st.text(alphabet="ab1 2\n'-é."))
def test_digits_are_the_maximal_runs(text: str) -> None:
    view = View(text)
    plain = "".join(c if c in "0123456789" else " " for c in text)
    assert [text[a:b] for a, b in view.digits] == plain.split()


def test_words_keep_hyphens_and_apostrophes_inside() -> None:
    view = View("L'avenue Saint-Étienne, 12 bis - d' m²")
    assert view.pieces[1::2] == ["l'avenue", "saint-etienne", "bis", "d", "m²"]


@given(st.text(alphabet="aéœ²1_ '-\n."))
def test_pieces_are_gaps_and_words_in_turn(text: str) -> None:
    view = View(text)
    assert "".join(view.pieces) == view.low
    assert view.pieces[1::2] == re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", view.low)


def test_the_vocabulary_is_every_run_of_letters() -> None:
    assert View("Mot de passe: Été2024").vocabulary == {"mot", "de", "passe", "ete"}


def test_places_are_whole_words_only() -> None:
    view = View("le code, Code2 decode CODE")
    assert [view.low[a:b] for a, b in view.places("code")] == ["code"] * 3
    assert view.places("cod") == []


@given(st.text(alphabet="co de,1\n"), st.sampled_from(["code", "co", "de"]))
def test_places_agree_with_a_plain_reading(text: str, word: str) -> None:
    view = View(text)
    runs, start = [], 0
    for i in range(len(text) + 1):
        if i == len(text) or not text[i].isalpha():
            if text[start:i] == word:
                runs.append((start, i))
            start = i + 1
    assert view.places(word) == runs


def test_lines_leave_the_line_break_out() -> None:
    view = View("un\r\ndeux\n\ntrois")
    assert [view.text[a:b] for a, b in view.lines] == ["un", "deux", "", "trois"]


def test_occurrences_are_all_given() -> None:
    assert View("a n° 1, n° 2").occurrences("n°") == [2, 8]


def test_words_are_given_by_their_beginnings() -> None:
    view = View("Un salaire, des salaires et du sel")
    assert {"sala", "sel", "un"} <= view.beginnings
    assert sorted(view.starting(frozenset({"sala", "abse"}))) == ["salaire", "salaires"]
    assert view.starting(frozenset({"abse"})) == []


@given(st.text(alphabet="ab12 \n"))
def test_matches_are_those_of_a_search_of_the_whole_text(text: str) -> None:
    view = View(text)
    pattern = re.compile("(?:ab|b1)[a-b]*[12]?")
    found = [match.span() for match in view.matches(pattern, "ab", "b1")]
    assert found == [match.span() for match in pattern.finditer(text)]
