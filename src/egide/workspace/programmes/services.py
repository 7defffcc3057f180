"""Follows programmes, and notes that their source was read again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from egide.workspace.accounts.models import User
from egide.workspace.programmes import directory
from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.models import Follow, Review, State
from egide.workspace.programmes.sealing import seal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the company stands with a programme."""

    state: State = State.TO_LOOK
    amount: Decimal | None = None
    next_on: date | None = None
    note: str = field(default="", repr=False)


def follow(entry: Entry, standing: Standing, by: User) -> Follow:
    """Follow a programme, or say where the company now stands with it."""
    told = {
        "name": entry.programme.name,
        "state": standing.state,
        "amount": standing.amount,
        "next_on": standing.next_on,
        "sealed": seal(entry.id, standing.note.strip()),
        "by": by,
        "changed_at": timezone.now(),
    }
    return Follow.objects.update_or_create(programme=entry.id, defaults=told)[0]


def unfollow(programme: str) -> bool:
    """Forget what was noted of a programme. Whether it was followed."""
    return bool(Follow.objects.filter(programme=programme).delete()[0])


def review(entry: Entry, status: str, closes_on: date | None, by: User) -> Review:
    """Note that its source was read today, and what it says: it is believed until the next review date."""
    told = {"status": status, "closes_on": closes_on, "on": timezone.localdate(), "by": by}
    return Review.objects.update_or_create(programme=entry.id, defaults=told)[0]


def followed() -> list[tuple[Follow, Entry | None]]:
    """What is followed, the next date first; none where the directory no longer holds the programme."""
    known = {entry.id: entry for entry in directory.entries()}
    found = [(one, known.get(one.programme)) for one in Follow.objects.select_related("by")]
    return sorted(
        found, key=lambda pair: (pair[0].next_on is None, pair[0].next_on or date.max, pair[0].name)
    )
