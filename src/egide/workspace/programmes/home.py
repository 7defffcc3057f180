"""What the programmes bring to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from egide.workspace.overview.pieces import Date, Figure
from egide.workspace.programmes import deadlines, directory
from egide.workspace.programmes.models import Follow


def figures() -> Iterator[Figure]:
    """How many the company follows."""
    yield Figure("Aides et formations suivies", Follow.objects.count(), None, reverse("programmes:followed"))


def dates(today: date) -> Iterator[Date]:
    """The dates to come of the programmes that the company follows."""
    follows = list(Follow.objects.all())
    for one in deadlines.of_followed(follows, directory.entries() if follows else []):
        if one.day >= today:
            yield Date(one.day, f"{one.name} : {one.words}", reverse("programmes:page", args=[one.programme]))
