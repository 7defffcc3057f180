"""What this app brings to the first pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from egide.workspace.accounts.models import User
from egide.workspace.notice import services
from egide.workspace.overview.pieces import Duty, Figure


def duties(person: User) -> list[Duty]:
    """To read the notice in its present version."""
    read = services.reading(person) is not None
    return [Duty(gettext("Lire ce qui est enregistré de vous"), reverse("notice:read"), read)]


def figures() -> list[Figure]:
    """Who has read it."""
    people = User.objects.filter(is_active=True).count()
    read = people - services.uninformed().count()
    return [Figure(gettext("Information lue"), read, people, reverse("notice:follow"))]
