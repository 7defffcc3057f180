"""This app's entries in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.prompts.own import waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(12, _("Demandes types"), "notebook-text", "prompts:list"),
    Entry(63, _("Demandes à approuver"), "book-check", "prompts:approvals", Role.PILOT, waiting),
)
