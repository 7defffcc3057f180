"""This app's entries in the menu, with how many modules are late or to be passed again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.training.services import waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(42, _("Formation"), "graduation-cap", "training:list", mine=waiting),
    Entry(26, _("Formation : suivi"), "graduation-cap", "training:follow", Role.PILOT),
)
