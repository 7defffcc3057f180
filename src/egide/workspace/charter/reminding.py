"""Who is to be reminded today to sign: on working days, then again after as many of them."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Max, Q
from django.utils import timezone

from egide.workspace.accounts.models import User
from egide.workspace.charter.calendar import is_working, working_days_after
from egide.workspace.charter.models import CharterVersion, Reminder
from egide.workspace.charter.signing import unsigned

EVERY: Final = 5


def waiting(version: CharterVersion) -> list[tuple[User, date]]:
    """Who has not signed, with the next day on which to remind them, the most late first."""
    people = unsigned(version).annotate(
        reminded=Max("charter_reminders__on", filter=Q(charter_reminders__version=version))
    )
    asked, memory, found = timezone.localdate(version.at), dict[date, date](), []
    for one in people:
        since = one.reminded or max(asked, timezone.localdate(one.created_at))
        if since not in memory:
            memory[since] = working_days_after(since, EVERY)
        found.append((one, memory[since]))
    return sorted(found, key=lambda pair: (pair[1], pair[0].email))


def to_remind(version: CharterVersion, today: date) -> list[User]:
    """Those whose day has come; nobody on a day off."""
    return [one for one, on in waiting(version) if on <= today] if is_working(today) else []


def note(version: CharterVersion, today: date, public_ids: list[str]) -> int:
    """These people were reminded today; only those who were to be are counted."""
    chosen = [one for one in to_remind(version, today) if one.public_id in public_ids]
    Reminder.objects.bulk_create(Reminder(version=version, person=one, on=today) for one in chosen)
    return len(chosen)
