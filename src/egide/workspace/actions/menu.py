"""This app's entry in the menu, with how many the person has to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.actions.services import mine
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(17, _("Actions"), "list-todo", "actions:list", mine=mine),)
