"""The step of the training among the first steps."""

from __future__ import annotations

from egide.workspace.training.models import Certificate
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    trained = Certificate.objects.exclude(person=None).values("person").distinct().count()
    return State(trained > 0, f"Personnes qui ont réussi un module au moins : {trained}." if trained else "")


STEPS = (
    Step(
        95,
        "Commencer la formation",
        "Huit modules courts, chacun avec son certificat. Donnez l'exemple avec le premier.",
        "training:list",
        _state,
        minutes=25,
    ),
)
