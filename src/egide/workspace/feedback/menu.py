"""This app's entry in the menu, with how many proposals wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.feedback.services import waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(62, _("Signalements"), "flag", "feedback:list", Role.PILOT, waiting),)
