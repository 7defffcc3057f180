"""The Assistant is the first page of everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(10, _("Assistant"), "message-square-text", "assistant:new"),)
