"""This app's entries in the menu."""

from __future__ import annotations

from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(12, "Demandes types", "notebook-text", "prompts:list"),)
