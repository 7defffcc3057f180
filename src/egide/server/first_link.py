"""The one-time link that lets the first administrator in, as long as there is nobody."""

from __future__ import annotations

from django.db import connections

from egide.settings import Settings


def first_link(settings: Settings) -> str | None:
    """A fresh link, or None when there is an administrator. The databases must be up to date."""
    from egide.workspace.accounts import services

    try:
        return services.first_link(settings.base_url)
    finally:
        connections.close_all()
