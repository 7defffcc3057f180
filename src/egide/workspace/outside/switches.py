"""Turns services on and off, and says whether one may be asked."""

from __future__ import annotations

from django.utils import timezone

from egide.errors import WorkspaceError
from egide.workspace import wiring
from egide.workspace.accounts.models import User
from egide.workspace.outside.catalogue import services
from egide.workspace.outside.models import Switch


def is_on(service: str) -> bool:
    """Whether a pilot turned it on."""
    return Switch.objects.filter(service=service, is_on=True).exists()


def turn_on(service: str, by: User, key: str = "") -> None:
    """Let pages ask it. ``key``: what the service gave the company; empty keeps the one that was given.

    Raises WorkspaceError EG-6461 when it needs a key and has none, KeyError when it is not offered.
    """
    known = services()[service]
    if not known.leaves:
        raise KeyError(service)
    switch = Switch.objects.filter(service=service).first() or Switch(service=service)
    if key.strip():
        switch.sealed_key = wiring.keyring().seal(key.strip().encode(), _context(service))
    if known.needs_key and not switch.sealed_key:
        raise WorkspaceError("EG-6461", service=known.api.name)
    switch.is_on, switch.by, switch.changed_at = True, by, timezone.now()
    switch.save()


def turn_off(service: str, by: User) -> None:
    """Nothing asks it any more; its key is forgotten."""
    told = {"is_on": False, "sealed_key": b"", "by": by, "changed_at": timezone.now()}
    Switch.objects.filter(service=service).update(**told)


def allowed(service: str) -> str:
    """The key of a service that is on, empty when it needs none. Raises WorkspaceError EG-6458."""
    switch = Switch.objects.filter(service=service, is_on=True).first()
    if switch is None:
        raise WorkspaceError("EG-6458", service=services()[service].api.name)
    sealed = bytes(switch.sealed_key)
    return wiring.keyring().open(sealed, _context(service)).decode() if sealed else ""


def _context(service: str) -> str:
    return f"outside/key/{service}"
