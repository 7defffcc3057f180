from __future__ import annotations

import pytest

from egide.gateway.dialect import Outcome
from egide.gateway.limits.spending import Spent, spent


def test_the_provider_s_own_figures_count() -> None:
    found = spent(Outcome(11, 7), complete=True, sent=9000, received=9000, events=0)
    assert found == Spent(11, 7, 0)
    assert found.tokens == 18


def test_what_no_provider_tells_is_estimated_and_marked() -> None:
    assert spent(Outcome(), complete=True, sent=400, received=201, events=0) == Spent(100, 51, 151)
    assert spent(Outcome(11, None), complete=True, sent=400, received=200, events=0) == Spent(11, 50, 50)


@pytest.mark.parametrize(
    ("received", "events", "tokens"),
    [(100 * 220, 100, 100), (10 * 250 + 4000, 10, 1000), (0, 0, 0), (90, 3, 3)],
)
def test_a_stream_counts_a_token_an_event_or_more_when_they_are_long(
    received: int, events: int, tokens: int
) -> None:
    found = spent(Outcome(5, None), complete=True, sent=0, received=received, events=events)
    assert found.output_tokens == tokens


def test_hanging_up_before_the_end_saves_nothing() -> None:
    told_so_far = Outcome(11, 1)
    assert spent(told_so_far, complete=False, sent=44, received=500 * 250, events=500) == Spent(11, 500, 499)
    assert spent(told_so_far, complete=True, sent=44, received=500 * 250, events=500) == Spent(11, 1, 0)
