"""What a person may choose from: usages, providers and their models."""

from __future__ import annotations

from collections.abc import Sequence

from egide.policy import Provider, Usage
from egide.workspace.accounts.models import User


def usages(owner: User) -> Sequence[Usage]:
    """Declared usages, in the order of the page Usages."""
    from egide.workspace.usages.services import usages as declared

    return declared()


def providers() -> Sequence[Provider]:
    """Providers in use, in the order of preference."""
    from egide.workspace.providers.services import providers as declared

    return declared()
