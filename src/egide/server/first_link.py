"""The one-time link that lets the first administrator in, as long as there is nobody."""

from __future__ import annotations

from egide.server.databases import workspace
from egide.settings import Settings


def first_link(settings: Settings) -> str | None:
    """A fresh link, or None when somebody is there already."""
    with workspace(settings):
        from egide.workspace.accounts import services

        return services.first_link(settings.base_url)
