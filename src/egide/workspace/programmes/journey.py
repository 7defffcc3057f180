"""The step of the programmes among the first steps."""

from __future__ import annotations

from egide.workspace.programmes.models import Follow
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    number = Follow.objects.count()
    return State(number > 0, f"Programmes suivis : {number}." if number else "")


STEPS = (
    Step(
        100,
        "Chercher des aides et des formations",
        "Ce que l'État et votre région proposent à une entreprise comme la vôtre.",
        "programmes:list",
        _state,
        minutes=2,
    ),
)
