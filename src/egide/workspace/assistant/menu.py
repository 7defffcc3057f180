"""The Assistant is the first page of everybody."""

from __future__ import annotations

from egide.workspace.ui.menu import Entry

ENTRIES = (Entry(10, "Assistant", "message-square-text", "assistant:new"),)
