"""This app's entry in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(48, "Courriel", "mail", "mail:relay", Role.ADMIN),)
