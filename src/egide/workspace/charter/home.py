"""What the charter brings to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from egide.workspace.accounts.models import User
from egide.workspace.charter import signing
from egide.workspace.overview.pieces import Date, Duty, Figure

REVISED_EACH = timedelta(days=365)


def duties(person: User) -> Iterator[Duty]:
    """To sign the version in force."""
    version = signing.latest()
    if version is not None:
        asked = signing.rule()
        due = signing.due(person, version, asked) if asked.required else None
        signed = signing.signature_of(person, version) is not None
        yield Duty("Lire la charte et la signer", reverse("charter:read"), signed, due, required=True)


def figures() -> Iterator[Figure]:
    """Who has signed it."""
    version = signing.latest()
    people = User.objects.filter(is_active=True).count() if version else 0
    signed = people - signing.unsigned(version).count() if version else 0
    yield Figure("Charte signée", signed, people, reverse("charter:signatures"))


def dates(today: date) -> Iterator[Date]:
    """The charter is to be read again a year after it was published."""
    version = signing.latest()
    if version is not None:
        yield Date(
            timezone.localdate(version.at) + REVISED_EACH, "Revoir la charte", reverse("charter:draft")
        )
