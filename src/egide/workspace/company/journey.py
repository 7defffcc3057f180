"""This app's step: the company says of itself what the rest is made from."""

from __future__ import annotations

from egide.workspace.company.services import untold
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    missing = untold()
    return State(not missing, f"Reste à dire : {', '.join(missing)}." if missing else "")


STEPS = (
    Step(
        10,
        "Dire qui vous êtes",
        "Taille, activité, région : ce qui vous concerne en dépend.",
        "company:profile",
        _state,
        minutes=1,
    ),
)
