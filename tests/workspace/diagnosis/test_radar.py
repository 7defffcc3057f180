from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from egide.workspace.diagnosis.radar import HEIGHT, WIDTH, radar

NAMES = ["Stratégie et cas d'usage", "Données", "RGPD", "Sécurité"]


@given(st.lists(st.none() | st.fractions(0, 100), min_size=4, max_size=4))
def test_points_stay_within_the_figure(scores: list[Fraction | None]) -> None:
    made = radar(NAMES, scores)
    for x, y in made.dots:
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= HEIGHT


def test_the_full_score_is_at_the_rim_and_none_at_the_middle() -> None:
    made = radar(NAMES, [Fraction(100), None, Fraction(100), Fraction(0)])
    assert made.dots[0] == made.spokes[0]
    assert made.dots[1] == made.dots[3] == (f"{WIDTH / 2:.1f}", f"{HEIGHT / 2:.1f}")
    assert made.before == ""


def test_names_are_whole_whatever_their_lines() -> None:
    labels = radar(NAMES, [None] * 4).labels
    assert [" ".join(words for _, words in one.lines) for one in labels] == NAMES
