"""What the inventory brings to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from egide.workspace.overview.pieces import Date
from egide.workspace.usages.models import Usage


def dates(today: date) -> Iterator[Date]:
    """When each usage in service is to be looked at again."""
    for usage in Usage.objects.filter(active=True):
        if usage.review_on is not None:
            yield Date(usage.review_on, f"Revoir l'usage « {usage.name} »", reverse("usages:list"))
