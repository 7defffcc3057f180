"""What the training brings to the first pages."""

from __future__ import annotations

from django.urls import reverse

from egide.workspace.accounts.models import User
from egide.workspace.overview.pieces import Duty, Figure
from egide.workspace.training.following import overview
from egide.workspace.training.plan import State
from egide.workspace.training.services import mine


def duties(person: User) -> list[Duty]:
    """Each module to pass, or to pass again."""
    return [
        Duty(
            f"Suivre le module « {one.module.title} »",
            reverse("training:module", args=[one.module.id]),
            one.state is State.PASSED,
            one.due,
        )
        for one in mine(person)
    ]


def figures() -> list[Figure]:
    """Modules passed of all those to pass, everybody together."""
    found = overview()
    done = sum(one.passed for one in found.counts)
    total = sum(one.passed + one.waiting for one in found.counts)
    return [Figure("Modules de formation réussis", done, total, reverse("training:follow"))]
