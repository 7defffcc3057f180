from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from egide.workspace import setup

setup.start()

from tests.workspace.programmes.conftest import STALE_AFTER, TODAY, programme  # noqa: E402

from egide.workspace.programmes.entries import Entry  # noqa: E402
from egide.workspace.programmes.models import Review  # noqa: E402

OLD: dict[str, Any] = {"source_date": "2025-07-01", "source_date_iso": "2025-07-01"}


def _review(on: date, closes_on: date | None = None) -> Review:
    return Review(programme="osez-ia", status="open", closes_on=closes_on, on=on)


@pytest.mark.parametrize(
    ("told", "doubts"),
    [
        ({}, []),
        (OLD, ["la source a plus de 180 jours"]),
        (
            {"source_date": "date non lue", "source_date_iso": None},
            ["la date de la source n'est pas connue"],
        ),
        ({"verified": False}, ["la source n'a pas été lue en entier"]),
        ({"closes_on": "2026-10-15"}, ["la date limite (15 octobre 2026) est passée"]),
    ],
)
def test_a_programme_to_check_says_why(told: dict[str, Any], doubts: list[str]) -> None:
    entry = Entry(programme(**told), TODAY, STALE_AFTER)
    assert entry.doubts == doubts
    assert entry.to_check is bool(doubts)


def test_reading_it_again_puts_the_review_date_back() -> None:
    before = Entry(programme(**OLD), TODAY, STALE_AFTER)
    assert (before.to_check, before.review_by) == (True, None)
    after = Entry(programme(**OLD), TODAY, STALE_AFTER, _review(TODAY))
    assert (after.to_check, after.review_by) == (False, TODAY + STALE_AFTER)
    assert after.status_shown == "Ouvert, d'après votre relecture du 29 novembre 2026"


def test_a_reading_grows_old_too() -> None:
    entry = Entry(programme(**OLD), TODAY, STALE_AFTER, _review(date(2026, 6, 1)))
    assert entry.doubts == ["votre relecture a plus de 180 jours"]


def test_a_closing_date_that_was_read_replaces_that_of_the_source() -> None:
    told: dict[str, Any] = {**OLD, "closes_on": "2026-10-15"}
    renewed = Entry(programme(**told), TODAY, STALE_AFTER, _review(TODAY, date(2026, 12, 31)))
    assert (renewed.to_check, renewed.closing) == (False, date(2026, 12, 31))
    assert renewed.review_by == date(2026, 12, 31)
    gone = Entry(programme(**told), TODAY, STALE_AFTER, _review(date(2026, 11, 1), date(2026, 11, 28)))
    assert gone.doubts == ["la date limite (28 novembre 2026) est passée"]


def test_a_source_newer_than_the_reading_counts_again() -> None:
    entry = Entry(programme(status="closed"), TODAY, STALE_AFTER, _review(date(2026, 10, 31)))
    assert (entry.status, entry.reviewed) == ("closed", None)
