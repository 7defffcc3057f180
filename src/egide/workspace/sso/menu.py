"""This app's entry in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.policy import Role
from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(41, _("Connexion d'entreprise"), "log-in", "sso:settings", Role.ADMIN),)
