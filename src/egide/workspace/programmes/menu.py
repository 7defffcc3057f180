"""This app's entry in the menu. Collaborators may read the directory; it is no daily page of theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(34, _("Aides et formations"), "hand-coins", "programmes:list", Role.PILOT),)
