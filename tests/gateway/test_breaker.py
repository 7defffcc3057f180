from __future__ import annotations

from dataclasses import replace

from egide.gateway.breaker import FAILURES, REST_SECONDS, Breakers
from egide.policy import Network, Provider, Trust

ONE = Provider("a", "A", "openai", "http://a/v1", Trust.PUBLIC)
OTHER = Provider("b", "B", "openai", "http://b/v1", Trust.PUBLIC)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def fail(breakers: Breakers, times: int, provider: Provider = ONE) -> None:
    for _ in range(times):
        attempt = breakers.admit(provider)
        assert attempt is not None
        attempt.failed()


def test_it_opens_after_failures_in_a_row_and_for_one_provider_only() -> None:
    breakers = Breakers(Clock())
    fail(breakers, FAILURES - 1)
    assert breakers.health(ONE).state == "closed"
    fail(breakers, 1)
    assert (breakers.health(ONE).state, breakers.health(ONE).failures) == ("open", FAILURES)
    assert breakers.admit(ONE) is None
    assert breakers.admit(OTHER) is not None


def test_a_whole_answer_begins_the_count_anew() -> None:
    breakers = Breakers(Clock())
    for _ in range(3):
        fail(breakers, FAILURES - 1)
        attempt = breakers.admit(ONE)
        assert attempt is not None
        attempt.completed()
    assert breakers.health(ONE).failures == 0


def test_answers_that_are_cut_open_it_too() -> None:
    breakers = Breakers(Clock())
    for _ in range(FAILURES):
        attempt = breakers.admit(ONE)
        assert attempt is not None
        attempt.answered()
        attempt.failed()
    assert breakers.health(ONE).state == "open"


def test_after_its_rest_one_call_tells() -> None:
    clock = Clock()
    breakers = Breakers(clock)
    fail(breakers, FAILURES)
    assert breakers.health(ONE).wait_seconds == REST_SECONDS
    clock.now += REST_SECONDS
    assert breakers.health(ONE).state == "half-open"
    probe = breakers.admit(ONE)
    assert probe is not None
    assert breakers.admit(ONE) is None
    probe.failed()
    assert breakers.health(ONE).state == "open"
    clock.now += REST_SECONDS
    probe = breakers.admit(ONE)
    assert probe is not None
    probe.answered()
    assert breakers.health(ONE).state == "closed"
    assert breakers.admit(ONE) is not None


def test_a_call_that_tells_nothing_leaves_its_place_to_another() -> None:
    clock = Clock()
    breakers = Breakers(clock)
    fail(breakers, FAILURES)
    clock.now += REST_SECONDS
    probe = breakers.admit(ONE)
    assert probe is not None
    probe.let_go()
    assert breakers.admit(ONE) is not None


def test_an_older_call_does_not_speak_for_the_one_that_tells() -> None:
    clock = Clock()
    breakers = Breakers(clock)
    older = [breakers.admit(ONE) for _ in range(2)]
    fail(breakers, FAILURES)
    clock.now += REST_SECONDS
    assert breakers.admit(ONE) is not None
    for attempt in older:
        assert attempt is not None
        attempt.let_go()
    assert breakers.admit(ONE) is None


def test_only_the_first_end_of_a_call_counts() -> None:
    breakers = Breakers(Clock())
    attempt = breakers.admit(ONE)
    assert attempt is not None
    attempt.failed()
    attempt.failed()
    attempt.completed()
    assert breakers.health(ONE).failures == 1


def test_a_provider_reached_otherwise_is_tried_at_once() -> None:
    breakers = Breakers(Clock())
    fail(breakers, FAILURES)
    assert breakers.admit(replace(ONE, base_url="http://c/v1")) is not None
    assert breakers.admit(replace(ONE, network=Network(proxy="http://p:3128"))) is not None
    assert breakers.admit(ONE) is None
