"""What a person may choose from: usages, providers and their models."""

from __future__ import annotations

from egide.policy import Provider, Usage
from egide.workspace.providers.services import in_force
from egide.workspace.usages.services import offered
from egide.workspace.wiring import wired


def usages() -> tuple[Usage, ...]:
    """Usages in force, the default one first."""
    return offered()


def providers() -> tuple[Provider, ...]:
    """Providers in use."""
    return in_force()


def models(provider: Provider) -> tuple[str, ...]:
    """Models to choose from: those that a pilot chose, or else all that the service has."""
    return provider.models or tuple(wired().exchanges.models(provider.id))
