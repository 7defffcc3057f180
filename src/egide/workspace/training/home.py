"""What the training brings to the first pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from egide.workspace.accounts.models import User
from egide.workspace.overview.pieces import Duty, Figure
from egide.workspace.training.levels import passed
from egide.workspace.training.plan import State
from egide.workspace.training.rules import rules
from egide.workspace.training.services import mine


def duties(person: User) -> list[Duty]:
    """Each module to pass, or to pass again."""
    return [
        Duty(
            gettext("Suivre le module « %(title)s »") % {"title": one.module.title},
            reverse("training:module", args=[one.module.id]),
            one.state is State.PASSED,
            one.due,
        )
        for one in mine(person)
    ]


def figures() -> list[Figure]:
    """Modules passed of all those to pass, everybody together."""
    asked = rules()
    done = passed(asked, timezone.localdate())
    total = len(asked) * User.objects.filter(is_active=True).count()
    return [Figure(gettext("Modules de formation réussis"), done, total, reverse("training:follow"))]
