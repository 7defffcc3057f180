"""This app's entries in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(15, _("À faire"), "list-checks", "overview:mine"),
    Entry(5, _("Vue d'ensemble"), "layout-dashboard", "overview:company", Role.PILOT),
)
