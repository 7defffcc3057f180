"""This app's entry in the menu."""

from __future__ import annotations

from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(20, "Mes règles", "book-open-check", "rules:mine"),)
