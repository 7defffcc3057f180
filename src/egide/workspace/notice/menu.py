"""This app's entries in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(45, "Ce qui est enregistré", "info", "notice:read"),
    Entry(72, "Information du personnel", "book-open-check", "notice:follow", Role.PILOT),
)
