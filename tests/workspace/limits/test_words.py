from __future__ import annotations

import pytest
from django.utils import translation

from egide.policy import limit_words
from egide.policy.limits import MICRO, Limit, Measure, Period, Subject
from egide.workspace.limits.words import amount, sentence

COUNTS = (0, 1, 2, 999, 1_000, 50_000, 12_500_000, 1_000_000_000 * MICRO)


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("count", COUNTS)
def test_in_french_the_pages_say_what_the_core_says(measure: Measure, count: int) -> None:
    assert amount(measure, count) == limit_words.amount(measure, count)


@pytest.mark.parametrize("subject", Subject)
@pytest.mark.parametrize("period", Period)
@pytest.mark.parametrize("name", ["", "Devis {0} %(who)s"])
def test_a_limit_reads_as_the_core_tells_it(subject: Subject, period: Period, name: str) -> None:
    limit = Limit(subject, Measure.REQUESTS, period, 200, name and "x")
    assert sentence(limit, name) == limit_words.sentence(limit, name)


def test_in_english_figures_are_written_the_english_way() -> None:
    with translation.override("en"):
        assert amount(Measure.COST, 1_234_500_000) == "€1,234.50"
        assert amount(Measure.TOKENS, 50_000) == "50,000 tokens"
        assert amount(Measure.REQUESTS, 0) == "0 requests"
        assert amount(Measure.REQUESTS, 1) == "1 request"
        limit = Limit(Subject.USAGE, Measure.REQUESTS, Period.DAY, 200, "devis")
        assert sentence(limit, "Devis") == "Use “Devis”: 200 requests per day"
        assert sentence(limit) == "Each use: 200 requests per day"
