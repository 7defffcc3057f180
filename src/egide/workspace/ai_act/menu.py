"""This app's entries in the menu, with how many usages wait for a pilot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ai_act.home import unsettled
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(21, _("Règlement IA"), "landmark", "ai_act:list", Role.PILOT, unsettled),)
