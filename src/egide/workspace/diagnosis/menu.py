"""This app's entries in the menu, with how many axes wait for the person's opinion."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.diagnosis.opinions import waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(44, _("Mon avis"), "message-circle-question-mark", "diagnosis:opinions", mine=waiting),
    Entry(30, _("Autodiagnostic"), "radar", "diagnosis:list", Role.PILOT),
)
