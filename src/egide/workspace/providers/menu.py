"""This app's entry in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(45, "Fournisseurs", "cloud", "providers:list", Role.PILOT),)
