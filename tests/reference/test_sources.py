from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from egide.reference.sources import Source, day, to_review

TOLD: dict[str, Any] = {
    "key": "fn4",
    "title": "France Num, Fiche IA 4",
    "url": "https://www.francenum.gouv.fr/fiche",
    "date": "2025-02-19",
    "verified": True,
    "kind": "officielle",
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-02-19", date(2025, 2, 19)),
        ("2025-07", date(2025, 7, 1)),
        ("2017", date(2017, 1, 1)),
        ("2025-02-19 (bibliothèque)", date(2025, 2, 19)),
        ("date non lue", None),
        ("date non lue (version précédente : février 2021)", None),
    ],
)
def test_a_written_date_is_its_earliest_day(written: str, expected: date | None) -> None:
    assert day(written) == expected


@pytest.mark.parametrize(
    "wrong", [{"date": "2025-13-01"}, {"url": "http://exemple.fr"}, {"kind": "blog"}, {"lu": 1}]
)
def test_a_badly_written_source_is_refused(wrong: dict[str, Any]) -> None:
    Source.model_validate(TOLD)
    with pytest.raises(ValidationError):
        Source.model_validate({**TOLD, **wrong})


def test_a_fact_is_to_be_reviewed_after_half_a_year_or_without_a_date() -> None:
    assert not to_review("2026-06-10", date(2026, 11, 29))
    assert to_review("2026-05-01", date(2026, 11, 29))
    assert to_review("date non lue", date(2026, 11, 29))
