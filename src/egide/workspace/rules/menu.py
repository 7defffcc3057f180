"""This app's entry in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(20, _("Mes règles"), "book-open-check", "rules:mine"),)
