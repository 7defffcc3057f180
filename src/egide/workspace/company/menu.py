"""This app's entries in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(12, _("Premiers pas"), "footprints", "company:journey", Role.PILOT),
    Entry(13, _("Entreprise"), "building-2", "company:profile", Role.PILOT),
)
