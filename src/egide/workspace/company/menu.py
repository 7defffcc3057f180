"""This app's entries in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(12, "Premiers pas", "footprints", "company:journey", Role.PILOT),
    Entry(13, "Entreprise", "building-2", "company:profile", Role.PILOT),
)
