"""This app's entries in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(15, "À faire", "list-checks", "overview:mine"),
    Entry(5, "Vue d'ensemble", "layout-dashboard", "overview:company", Role.PILOT),
)
