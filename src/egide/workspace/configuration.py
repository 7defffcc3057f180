"""The Égide settings that the Django settings are built from.

The server and the command line choose them once (``use``) before Django loads; otherwise they come
from the environment.
"""

from __future__ import annotations

from egide.settings import Settings, load

_chosen: Settings | None = None


def use(settings: Settings) -> None:
    """Build Django from these settings. Must come before the first use of ``django.conf.settings``."""
    global _chosen
    _chosen = settings


def current() -> Settings:
    """The settings in use, read from the environment the first time if none were chosen."""
    global _chosen
    if _chosen is None:
        _chosen = load()
    return _chosen
