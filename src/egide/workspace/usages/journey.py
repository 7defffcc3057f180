"""This app's step: a usage is in force and says who checks, and what to do without AI."""

from __future__ import annotations

from egide.workspace.ui.journey import State, Step
from egide.workspace.usages.models import Usage
from egide.workspace.usages.services import waiting


def _state() -> State:
    told = Usage.objects.filter(active=True).exclude(control="").exclude(fallback="")
    number = waiting()
    return State(told.exists(), f"Déclarations à lire : {number}." if number else "")


STEPS = (
    Step(
        40,
        "Déclarer un usage en entier",
        "À quoi sert l'IA, avec quelles données, qui vérifie, que faire en cas de panne.",
        "usages:list",
        _state,
        minutes=2,
    ),
)
