"""The steps of the charter among the first steps: it is published, then signed by everybody."""

from __future__ import annotations

from django.utils import timezone

from egide.workspace.charter.binding import current
from egide.workspace.charter.signing import unsigned
from egide.workspace.ui.journey import State, Step


def _published() -> State:
    version = current()
    if version is None:
        return State(False)
    if version.enters_on > timezone.localdate():
        return State(True, f"La version {version.number} entre en vigueur le {version.enters_on:%d/%m/%Y}.")
    return State(True, f"En vigueur : la version {version.number}.")


def _signed() -> State:
    version = current()
    if version is None:
        return State(False)
    waiting = unsigned(version).count()
    return State(not waiting, f"Personnes qui ne l'ont pas encore signée : {waiting}." if waiting else "")


STEPS = (
    Step(
        80,
        "Publier la charte",
        "Chacun sait ce qui est permis, le signe, et vous pouvez le prouver.",
        "charter:quick",
        _published,
        minutes=7,
    ),
    Step(
        85,
        "Faire signer la charte",
        "Chacun la lit et la signe dans Égide, vous aussi (page « Charte »).",
        "charter:signatures",
        _signed,
        minutes=1,
    ),
)
