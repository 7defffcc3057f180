"""Addresses: each app's ``urls.py`` at its ``MOUNT`` (or its name), and the first page."""

from __future__ import annotations

from types import ModuleType

from django.urls import include, path

from egide.workspace import discovery
from egide.workspace.ui.views import bad_request, forbidden, home, missing, server_error


def mount(module: ModuleType) -> str:
    """Where the addresses of an app begin: its ``MOUNT``, or its name."""
    return str(module.MOUNT) if hasattr(module, "MOUNT") else f"{module.app_name}/"


urlpatterns = [
    path("", home, name="home"),
    *(path(mount(module), include(module)) for module in discovery.modules("urls")),
]

handler400 = bad_request
handler403 = forbidden
handler404 = missing
handler500 = server_error
