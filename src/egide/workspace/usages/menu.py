"""This app's entries in the menu, with how many declarations wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry
from egide.workspace.usages.services import returned, waiting

ENTRIES = (
    Entry(22, _("Nos usages de l'IA"), "clipboard-pen-line", "usages:ours", mine=returned),
    Entry(20, _("Usages"), "clipboard-list", "usages:list", Role.PILOT, waiting),
)
