"""Twelve weeks of figures for the overview: added to what is counted already, and taken off again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from egide.workspace.overview.models import Tally

DAYS: Final = 84
# Label (none: exchanges), outcome, most in a day.
_KINDS: Final = (
    ("", "sent", 26),
    ("", "stopped", 2),
    ("PERSON", "sent", 24),
    ("EMAIL", "sent", 9),
    ("PHONE", "sent", 7),
    ("AMOUNT", "sent", 12),
    ("IBAN", "sent", 3),
    ("COMPANY_TERM", "sent", 6),
    ("SECRET", "stopped", 2),
    ("HEALTH", "stopped", 1),
)


def load(today: date) -> None:
    """The figures up to yesterday."""
    _add(today, 1)


def remove(loaded_on: date) -> None:
    """Take off what was added on that day; a row that is left with nothing goes."""
    _add(loaded_on, -1)


def _add(today: date, sign: int) -> None:
    rows = {
        (one.day, one.label, one.outcome): one
        for one in Tally.objects.filter(day__lt=today, day__gte=today - timedelta(days=DAYS))
    }
    made: list[Tally] = []
    changed: list[Tally] = []
    empty: list[Tally] = []
    for day, label, outcome, count in _told(today):
        row = rows.get((day, label, outcome))
        if row is None:
            if sign > 0:
                made.append(Tally(day=day, label=label, outcome=outcome, count=count))
            continue
        row.count = max(0, row.count + sign * count)
        (changed if row.count else empty).append(row)
    Tally.objects.bulk_create(made)
    Tally.objects.bulk_update(changed, ["count"])
    Tally.objects.filter(pk__in=[one.pk for one in empty]).delete()


def _told(today: date) -> Iterator[tuple[date, str, str, int]]:
    """Growing from week to week; nothing on Saturdays and Sundays. The same for the same day."""
    for back in range(1, DAYS + 1):
        day = today - timedelta(days=back)
        if day.weekday() >= 5:
            continue
        grown = 1 - back / (2 * DAYS)
        for place, (label, outcome, most) in enumerate(_KINDS):
            swing = (day.toordinal() * (7 + place) % 11) / 10
            if count := int(most * grown * (0.4 + 0.6 * swing)):
                yield day, label, outcome, count
