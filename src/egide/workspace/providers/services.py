"""Adds, changes and reads providers. The API key is sealed here and opened here, nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from egide import policy
from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.workspace import wiring
from egide.workspace.providers.address import checked
from egide.workspace.providers.models import Provider


def add_provider(
    name: str,
    kind: str,
    base_url: str,
    trust: str,
    api_key: str | None = None,
    models: Iterable[str] = (),
) -> Provider:
    """Add a provider. Raises WorkspaceError EG-6004 (name taken) or EG-6009 (address)."""
    provider = Provider(
        slug=slugify(name)[:64] or "service",
        name=name.strip(),
        kind=kind,
        base_url=checked(base_url),
        trust=Trust(trust).value,
        model_names=list(dict.fromkeys(models)),
    )
    set_key(provider, api_key)
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError:
        raise WorkspaceError("EG-6004", name=provider.name) from None
    return provider


def set_key(provider: Provider, api_key: str | None) -> None:
    """Seal a new key on the provider, without saving it. None or an empty text: no key."""
    key = (api_key or "").strip()
    provider.sealed_key = wiring.keyring().seal(key.encode(), _context(provider)) if key else None


def key_of(provider: Provider) -> str | None:
    """The key in clear, for the gateway and the test button only."""
    if not provider.sealed_key:
        return None
    return wiring.keyring().open(bytes(provider.sealed_key), _context(provider)).decode()


def in_force() -> tuple[policy.Provider, ...]:
    """Active providers as the gateway sees them, with their keys."""
    return tuple(
        policy.Provider(
            id=provider.slug,
            name=provider.name,
            kind=cast("Literal['openai', 'anthropic']", provider.kind),
            base_url=provider.base_url,
            trust=Trust(provider.trust),
            models=tuple(provider.model_names),
            api_key=key_of(provider),
        )
        for provider in Provider.objects.filter(active=True)
    )


def _context(provider: Provider) -> str:
    # Bound to the address, too: with write access to the database only, nobody can point the provider
    # at a server of theirs and have the key sent there.
    return f"providers/{provider.slug}/{provider.kind}/{provider.base_url}"
