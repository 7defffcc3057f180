"""What the actions bring to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from egide.workspace.accounts.models import User
from egide.workspace.actions.models import RUNNING, Action
from egide.workspace.actions.texts import text
from egide.workspace.overview.pieces import Date, Duty


def duties(person: User) -> Iterator[Duty]:
    """Those that this person owns and has not finished."""
    for action in Action.objects.filter(owner=person, state__in=RUNNING):
        what = text(action.origin, action.reference).what
        yield Duty(what, reverse("actions:edit", args=[action.pk]), done=False, due=action.due)


def dates(today: date) -> Iterator[Date]:
    """Those of the company that are running."""
    for action in Action.objects.filter(about=None, state__in=RUNNING):
        what = text(action.origin, action.reference).what
        yield Date(action.due, what, reverse("actions:edit", args=[action.pk]), outside="")
