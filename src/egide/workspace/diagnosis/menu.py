"""This app's entries in the menu, with how many axes wait for the person's opinion."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.diagnosis.opinions import waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(44, "Mon avis", "message-circle-question-mark", "diagnosis:opinions", mine=waiting),
    Entry(30, "Autodiagnostic", "radar", "diagnosis:list", Role.PILOT),
)
