"""This app's entries in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from egide.policy import Role
from egide.workspace.ui.menu import Entry

if TYPE_CHECKING:  # read before the models are
    from egide.workspace.accounts.models import User


def left(person: User) -> int:
    """How many duties this person has not done."""
    from egide.workspace.overview.pieces import duties_of

    return sum(not one.done for one in duties_of(person))


ENTRIES = (
    Entry(15, "À faire", "list-checks", "overview:mine", mine=left),
    Entry(5, "Vue d'ensemble", "layout-dashboard", "overview:company", Role.PILOT),
)
