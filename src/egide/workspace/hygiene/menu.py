"""This app's entries in the menu, with how many points the person still has to answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.hygiene.services import missing
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(43, _("Bonnes pratiques"), "badge-check", "hygiene:mine", mine=missing),
    Entry(28, _("Campagnes"), "clipboard-check", "hygiene:campaigns", Role.PILOT),
)
