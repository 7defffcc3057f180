"""This app's entries in the menu."""

from __future__ import annotations

from egide.policy import Role
from egide.workspace.charter.signing import to_sign
from egide.workspace.ui.menu import Entry

ENTRIES = (
    Entry(41, "Charte", "signature", "charter:read", mine=to_sign),
    Entry(24, "Charte : rédaction", "file-pen-line", "charter:draft", Role.PILOT),
)
