"""What every page is given: the menu of the person, with the current entry."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from egide.policy import Role
from egide.workspace.ui.menu import Entry, sections_for, waiting


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``menus``: titled sections of the menu, the collaborator's then the pilot's."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"menus": []}
    sections = sections_for(Role(person.role))
    addresses = [reverse(entry.view) for _, entries in sections for entry in entries]
    # The longest: the address of one entry may begin with that of another.
    current = max((url for url in addresses if request.path.startswith(url)), key=len, default="")
    shown = [(title, [_shown(e, current, request) for e in entries]) for title, entries in sections]
    return {"menus": shown}


def _shown(entry: Entry, current: str, request: HttpRequest) -> dict[str, object]:
    url = reverse(entry.view)
    return {
        "label": entry.label,
        "icon": entry.icon,
        "url": url,
        "current": url == current,
        "waiting": partial(waiting, request, entry) if entry.mine or entry.waiting else None,
    }
