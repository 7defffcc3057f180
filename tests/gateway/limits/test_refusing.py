from __future__ import annotations

import pytest
from tests.gateway.limits.making import CALLER, NOON, PROVIDER, limit

from egide.errors import GatewayError
from egide.gateway.limits.refusing import headers, nearest, refusal, warning_header
from egide.policy.limits import Measure, Period, Share, Subject
from egide.policy.windows import window


def share(most: int, used: int, measure: Measure = Measure.REQUESTS, period: Period = Period.DAY) -> Share:
    return Share(limit(most, measure=measure, period=period), used, window(period, NOON).ends)


@pytest.mark.parametrize(
    ("measure", "code"),
    [(Measure.REQUESTS, "EG-4040"), (Measure.TOKENS, "EG-4041"), (Measure.COST, "EG-4042")],
)
def test_each_measure_has_its_code(measure: Measure, code: str) -> None:
    problem = refusal([share(5, 5, measure)], CALLER, PROVIDER, NOON)
    assert problem is not None
    assert problem.code == code
    assert "après minuit" in problem.message
    assert "chaque personne" in problem.message


def test_nothing_reached_is_no_refusal() -> None:
    assert refusal([share(5, 4), share(100, 99)], CALLER, PROVIDER, NOON) is None


def test_the_time_to_wait_is_that_of_the_limit_that_ends_last() -> None:
    both = [share(5, 5, period=Period.MINUTE), share(9, 9, period=Period.DAY)]
    problem = refusal(both, CALLER, PROVIDER, NOON)
    assert problem is not None
    told = dict(headers(problem))
    assert told[b"retry-after"] == str(12 * 3600 - 20).encode()
    assert told[b"x-should-retry"] == b"false"


def test_a_program_may_try_again_by_itself_when_it_is_soon() -> None:
    problem = refusal([share(5, 5, period=Period.MINUTE)], CALLER, PROVIDER, NOON)
    assert problem is not None
    assert headers(problem) == [
        (b"retry-after", b"40"),
        (b"x-egide-limit", b"person; measure=requests; period=minute; used=100%"),
    ]


def test_another_error_has_no_such_header() -> None:
    assert headers(GatewayError("EG-4015")) == []


def test_the_nearest_limit_is_told_from_80_percent_on() -> None:
    assert nearest([share(10, 7), share(1000, 799)]) is None
    found = nearest([share(10, 8), share(1000, 950), share(3, 1)])
    assert found == share(1000, 950)
    assert nearest([]) is None


def test_the_header_names_nobody() -> None:
    named = Share(limit(10, who="p-1"), 9, NOON)
    assert warning_header(named) == (b"x-egide-limit", b"person; measure=requests; period=day; used=90%")
    assert Subject.PERSON in warning_header(named)[1].decode()
