"""Counts what the journal has recorded since the last time: once, from however many processes."""

from __future__ import annotations

import json
import logging
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from egide.workspace.journalling.models import JournalRecord
from egide.workspace.overview.models import Cursor, Tally

logger = logging.getLogger(__name__)
# What a page counts before it is shown; the rest waits for the night, or for the next page.
AT_ONCE: Final = 3000
# Two writers may commit out of order: what is so recent is left for the next time.
SETTLED: Final = timedelta(seconds=30)
# What an exchange that went out had masked; what was in one that was refused.
_KINDS: Final = {"opened": ("masked", "sent"), "refused": ("labels", "stopped")}


def catch_up(now: datetime, most: int = AT_ONCE) -> int:
    """Count up to ``most`` records more. How many were read; less than ``most``: nothing is left."""
    with transaction.atomic():
        Cursor.objects.get_or_create(id=1)
        cursor = Cursor.objects.select_for_update().get(id=1)
        rows = JournalRecord.objects.filter(pk__gt=cursor.last).order_by("pk")
        counts: Counter[tuple[date, str, str]] = Counter()
        read = 0
        for pk, kind, moment, details in rows.values_list("pk", "kind", "moment", "details")[:most]:
            if now - SETTLED < moment <= now:
                break
            read, cursor.last = read + 1, pk
            if kind in _KINDS:
                _count(counts, timezone.localdate(moment), kind, details)
        if read:
            _add(counts)
            cursor.save()
    return read


def catch_up_wholly(now: datetime) -> int:
    """Count all that is left, in small transactions. How many records were read."""
    total = 0
    while read := catch_up(now):
        total += read
    return total


def _count(counts: Counter[tuple[date, str, str]], day: date, kind: str, details: str) -> None:
    counted, outcome = _KINDS[kind]
    counts[day, "", outcome] += 1
    try:
        told = json.loads(details)
        for label, count in (told.get(counted) or {}).items():
            counts[day, label, outcome] += int(count)
    except (ValueError, TypeError, AttributeError):
        # Altered: the check of the journal tells it. Its exchange counts, its values can't.
        logger.error("overview: a record of the journal is not readable")


def _add(counts: Counter[tuple[date, str, str]]) -> None:
    days = {day for day, _, _ in counts}
    known = {(row.day, row.label, row.outcome): row.pk for row in Tally.objects.filter(day__in=days)}
    for place, count in counts.items():
        if place in known:
            Tally.objects.filter(pk=known[place]).update(count=F("count") + count)
    Tally.objects.bulk_create(
        Tally(day=day, label=label, outcome=outcome, count=count)
        for (day, label, outcome), count in counts.items()
        if (day, label, outcome) not in known
    )
