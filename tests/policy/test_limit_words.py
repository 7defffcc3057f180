from __future__ import annotations

import pytest
from tests.policy.test_windows import at

from egide.errors import spoken
from egide.policy.limit_words import amount, seconds_left, sentence, told, warning, when
from egide.policy.limits import Limit, Measure, Period, Share, Subject
from egide.policy.windows import window


@pytest.mark.parametrize(
    ("limit", "name", "expected"),
    [
        (
            Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 200),
            "",
            "Chaque personne : 200 demandes par jour",
        ),
        (
            Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 1, "p-1"),
            "Julie",
            "Julie : 1 demande par jour",
        ),
        (
            Limit(Subject.COMPANY, Measure.COST, Period.MONTH, 1_250_500_000),
            "",
            "Toute l'entreprise : 1\u202f250,50\u00a0€ par mois",
        ),
        (
            Limit(Subject.USAGE, Measure.TOKENS, Period.MINUTE, 50_000, "devis"),
            "Devis",
            "Usage « Devis » : 50\u202f000 jetons par minute",
        ),
    ],
)
def test_a_limit_is_a_sentence(limit: Limit, name: str, expected: str) -> None:
    assert sentence(limit, name) == expected


def test_a_person_is_told_of_themselves_and_of_nobody_else() -> None:
    mine = Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 5, "p-1")
    assert told(mine, "Devis", "Ailleurs") == "Vous : 5 demandes par jour"
    service = Limit(Subject.PROVIDER, Measure.REQUESTS, Period.DAY, 5)
    assert told(service, "Devis", "Ailleurs") == "Service « Ailleurs » : 5 demandes par jour"


def test_less_than_a_cent_is_told_as_a_cent() -> None:
    assert amount(Measure.COST, 1) == "0,01\u00a0€"
    assert amount(Measure.COST, 0) == "0,00\u00a0€"


@pytest.mark.parametrize(
    ("period", "moment", "expected"),
    [
        (Period.MINUTE, "2026-11-28T20:52:18.2", "dans 42 secondes"),
        (Period.MINUTE, "2026-11-28T20:52:59.9", "dans 1 seconde"),
        (Period.DAY, "2026-11-28T20:52", "après minuit"),
        (Period.MONTH, "2026-11-28T20:52", "le 1er décembre"),
        (Period.MONTH, "2026-12-28T20:52", "le 1er janvier"),
    ],
)
def test_it_says_when_one_may_send_again(period: Period, moment: str, expected: str) -> None:
    now = at(moment)
    limit = Limit(Subject.PERSON, Measure.REQUESTS, period, 5)
    assert when(Share(limit, 5, window(period, now).ends), now) == expected


def test_the_time_to_wait_is_never_too_short() -> None:
    share = Share(Limit(Subject.PERSON, Measure.REQUESTS, Period.MINUTE, 5), 5, 100.0)
    assert [seconds_left(share, now) for now in (40.0, 40.1, 99.99, 100.0, 200.0)] == [60, 60, 1, 1, 1]


def test_the_warning_tells_the_part_or_that_it_is_reached() -> None:
    now = at("2026-11-28T20:52")
    limit = Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 200)
    ends = window(Period.DAY, now).ends
    assert warning(Share(limit, 163, ends), "Devis", "Ailleurs", now).endswith("par jour) : 81 % utilisés.")
    assert "après minuit" in warning(Share(limit, 200, ends), "Devis", "Ailleurs", now)


def test_the_same_is_told_in_english_to_who_reads_it() -> None:
    before = spoken.set("en")
    try:
        cost = Limit(Subject.COMPANY, Measure.COST, Period.MONTH, 1_250_500_000)
        assert sentence(cost) == "The whole company: €1,250.50 per month"
        assert told(Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 1, "p-1"), "", "") == (
            "You: 1 request per day"
        )
        tokens = Limit(Subject.USAGE, Measure.TOKENS, Period.MINUTE, 50_000, "devis")
        assert sentence(tokens, "Devis") == "Use “Devis”: 50,000 tokens per minute"
        assert [amount(Measure.REQUESTS, count) for count in (0, 1)] == ["0 requests", "1 request"]
    finally:
        spoken.reset(before)
    assert [amount(Measure.REQUESTS, count) for count in (0, 2)] == ["0 demande", "2 demandes"]
    assert sentence(tokens, "Devis") == "Usage « Devis » : 50\u202f000 jetons par minute"
