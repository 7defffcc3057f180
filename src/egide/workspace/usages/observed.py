"""What the gateway saw and the inventory does not say: counts of exchanges, by usage and service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count

from egide.workspace.journalling.models import JournalRecord
from egide.workspace.usages.models import Usage
from egide.workspace.usages.shown import services

DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Seen:
    """``usage`` is none when the inventory has no such usage."""

    slug: str
    usage: Usage | None
    service: str
    exchanges: int

    @property
    def asked(self) -> str:
        """What the form of a new usage begins with, in an address."""
        return urlencode({"name": self.slug, "tool": self.service})


def seen(since: datetime) -> list[Seen]:
    """Usages that the inventory does not know, and services that their usage does not tell."""
    known, names = {usage.slug: usage for usage in Usage.objects.all()}, services()
    counted = (
        JournalRecord.objects.filter(kind="opened", moment__gte=since)
        .exclude(usage="")
        .order_by()
        .values_list("usage", "provider")
        .annotate(exchanges=Count("pk"))
    )
    found = [
        Seen(slug, known.get(slug), names.get(provider, provider), exchanges)
        for slug, provider, exchanges in counted
        if slug not in known or provider not in known[slug].providers
    ]
    return sorted(found, key=lambda one: -one.exchanges)
