"""What the programmes bring to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import cast

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext

from egide.workspace.overview.pieces import Date, Figure
from egide.workspace.programmes import deadlines, directory
from egide.workspace.programmes.entries import OWN
from egide.workspace.programmes.models import Follow


def figures() -> Iterator[Figure]:
    """How many the company follows."""
    title = gettext("Aides et formations suivies")
    yield Figure(title, Follow.objects.count(), None, reverse("programmes:followed"))


def dates(today: date) -> Iterator[Date]:
    """The dates to come of the programmes that the company follows."""
    follows = list(Follow.objects.all())
    for one in deadlines.of_followed(follows, directory.entries() if follows else []):
        if one.day >= today:
            # Lazy: the page shows the next two months of hundreds of dates.
            url = cast("str", reverse_lazy("programmes:page", args=[one.programme]))
            own = one.programme.startswith(OWN)
            outside = gettext("Aide ajoutée par l'entreprise : %(words)s") % {"words": one.words}
            yield Date(one.day, one.summary, url, outside if own else "")
