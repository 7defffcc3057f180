"""What the inventory brings to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from egide.workspace.overview.pieces import Date, Figure
from egide.workspace.usages.models import State, Usage


def figures() -> Iterator[Figure]:
    """Those that a pilot validated, of all that the company told."""
    found = Usage.objects.aggregate(
        validated=Count("pk", filter=Q(state=State.VALIDATED)),
        total=Count("pk"),
    )
    yield Figure(gettext("Usages validés"), found["validated"], found["total"], reverse("usages:list"))


def dates(today: date) -> Iterator[Date]:
    """When each usage in service is to be looked at again."""
    url = reverse("usages:list")
    for name, day in Usage.objects.filter(active=True).values_list("name", "review_on"):
        if day is not None:
            said = gettext("Revoir l'usage « %(name)s »") % {"name": name}
            yield Date(day, said, url, outside=gettext("Usages à revoir"))
