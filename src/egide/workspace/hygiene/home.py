"""What the good practices bring to the first pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from egide.workspace.accounts.models import User
from egide.workspace.hygiene import services
from egide.workspace.overview.pieces import Date, Duty, Figure


def duties(person: User) -> Iterator[Duty]:
    """To answer the campaign in progress."""
    campaign = services.running()
    if campaign is not None:
        done = not services.missing(person)
        what = gettext("Répondre aux bonnes pratiques (deux minutes)")
        yield Duty(what, reverse("hygiene:mine"), done, campaign.ends_on)


def figures() -> Iterator[Figure]:
    """Who has answered it."""
    campaign = services.running()
    people = User.objects.filter(is_active=True).count() if campaign else 0
    done = people - services.unfinished(campaign).count() if campaign else 0
    yield Figure(gettext("Réponses aux bonnes pratiques"), done, people, reverse("hygiene:campaigns"))


def dates(today: date) -> Iterator[Date]:
    """The end of the campaign in progress."""
    campaign = services.running()
    if campaign is not None:
        url = reverse("hygiene:campaign", args=[campaign.pk])
        yield Date(campaign.ends_on, gettext("Fin de la campagne de bonnes pratiques"), url, outside="")
