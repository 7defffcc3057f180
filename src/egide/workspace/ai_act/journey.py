"""This app's step: every usage in force has a class."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.ai_act.home import unsettled
from egide.workspace.ui.journey import State, Step
from egide.workspace.usages.models import Usage


def _state() -> State:
    left = unsettled()
    return State(not left and Usage.objects.filter(active=True).exists(), "")


STEPS = (
    Step(
        92,
        _("Classer les usages selon le règlement IA"),
        _("Quelques questions par usage disent ce que la loi vous demande, et à partir de quand."),
        "ai_act:list",
        _state,
        minutes=5,
    ),
)
