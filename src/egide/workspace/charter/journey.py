"""The step of the charter among the first steps."""

from __future__ import annotations

from egide.workspace.charter.signing import latest
from egide.workspace.ui.journey import State, Step


def _published() -> State:
    version = latest()
    return State(version is not None, f"version {version.number}" if version else "")


STEPS = (
    Step(
        80,
        "Publier la charte",
        "Chacun sait ce qui est permis, le signe, et vous pouvez le prouver.",
        "charter:draft",
        _published,
    ),
)
