"""This app's entries in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.charter.signing import to_sign
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(41, _("Charte"), "signature", "charter:read", mine=to_sign),
    Entry(24, _("Charte : rédaction"), "file-pen-line", "charter:draft", Role.PILOT),
)
