"""This app's entries in the menu: one's own requests with those that may be sent, and the pilots' queue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.justifications.services import ready, waiting
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(25, _("Mes demandes"), "messages-square", "justifications:mine", mine=ready),
    Entry(61, _("Accords à donner"), "stamp", "justifications:queue", Role.PILOT, waiting),
)
