"""This app's entries in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(45, _("Ce qui est enregistré"), "info", "notice:read"),
    Entry(72, _("Information du personnel"), "book-open-check", "notice:follow", Role.PILOT),
)
