"""This app's step: people are invited."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.workspace.accounts.models import User
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    number = User.objects.filter(is_active=True).count()
    told = gettext("Personnes qui ont un accès : %(number)s.") % {"number": number}
    return State(number > 1, told)


STEPS = (
    Step(
        50,
        _("Inviter vos collègues"),
        _("Une par une, ou toutes à la fois depuis un tableau."),
        "people:list",
        _state,
        minutes=2,
    ),
)
