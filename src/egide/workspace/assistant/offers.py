"""What a person may choose from: usages, providers and their models."""

from __future__ import annotations

from egide.policy import Provider, Usage
from egide.workspace.providers.services import in_force
from egide.workspace.usages.services import available, default
from egide.workspace.wiring import wired


def usages() -> tuple[Usage, ...]:
    """Declared usages, the default one first; it is made when nothing was ever declared."""
    declared = available()
    if not declared:
        default()
        declared = available()
    return declared


def providers() -> tuple[Provider, ...]:
    """Providers in use."""
    return in_force()


def models(provider: Provider) -> tuple[str, ...]:
    """Models to choose from: those that a pilot chose, or else all that the service has."""
    return provider.models or tuple(wired().exchanges.models(provider.id))
