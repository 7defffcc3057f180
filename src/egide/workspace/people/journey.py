"""This app's step: people are invited."""

from __future__ import annotations

from egide.workspace.accounts.models import User
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    number = User.objects.filter(is_active=True).count()
    return State(number > 1, f"Personnes qui ont un accès : {number}.")


STEPS = (
    Step(
        50,
        "Inviter vos collègues",
        "Une par une, ou toutes à la fois depuis un tableau.",
        "people:list",
        _state,
        minutes=2,
    ),
)
