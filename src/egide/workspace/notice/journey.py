"""This app's step: everybody has read what is recorded of them."""

from __future__ import annotations

from egide.workspace.notice.services import details, uninformed
from egide.workspace.ui.journey import State, Step


def _state() -> State:
    added, waiting = details(), uninformed().count()
    if not (added.basis and added.contact):
        return State(False, "Il reste à préciser le contact et la base légale.")
    return State(not waiting, f"Personnes qui ne l'ont pas encore lue : {waiting}." if waiting else "")


STEPS = (
    Step(
        60,
        "Informer le personnel",
        "Chacun lit ce qu'Égide enregistre de lui avant de s'en servir.",
        "notice:follow",
        _state,
        minutes=1,
    ),
)
