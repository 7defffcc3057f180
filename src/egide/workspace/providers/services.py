"""Adds, changes and reads providers. The API key is sealed here and opened here, nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal, cast

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify

from egide import policy
from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.workspace import wiring
from egide.workspace.providers.address import checked, checked_proxy, checked_trust
from egide.workspace.providers.certificates import checked_authority
from egide.workspace.providers.models import Provider

# Addresses of pages: a provider of that name would hide behind them.
RESERVED = ("ajouter", "remplacements")


def add_provider(
    name: str,
    kind: str,
    base_url: str,
    trust: str,
    api_key: str | None = None,
    models: Iterable[str] = (),
    *,
    network: policy.Network = policy.Network(),  # noqa: B008 - immutable
    preset: str = "",
) -> Provider:
    """Add a provider, last in the order.

    Raises WorkspaceError EG-6004 (name taken), EG-6009 (address), EG-6120 (proxy), EG-6121 or EG-6122
    (private authority), EG-6126 (a known outside service called local).
    """
    slug = slugify(name)[:60] or "service"
    last = Provider.objects.aggregate(last=Max("position"))["last"]
    provider = Provider(
        slug=f"{slug}-ia" if slug in RESERVED else slug,
        name=name.strip(),
        kind=kind,
        base_url=checked(base_url),
        trust=checked_trust(Trust(trust).value, base_url.strip()),
        model_names=list(dict.fromkeys(models)),
        position=0 if last is None else last + 1,
        preset=preset,
        auth=network.auth,
        deployments=network.deployments,
        api_version=network.api_version,
        connect_seconds=network.connect_seconds,
        read_seconds=network.read_seconds,
        proxy=checked_proxy(network.proxy, base_url.strip()),
        authority=checked_authority(network.authority),
    )
    set_key(provider, api_key)
    set_proxy_login(provider, network.proxy_login)
    try:
        with transaction.atomic():
            provider.save()
    except IntegrityError:
        raise WorkspaceError("EG-6004", name=provider.name) from None
    return provider


def set_key(provider: Provider, api_key: str | None) -> None:
    """Seal a new key on the provider, without saving it. None or an empty text: no key."""
    provider.sealed_key = _sealed(api_key, _context(provider))


def key_of(provider: Provider) -> str | None:
    """The key in clear, for the gateway and the test button only."""
    return _opened(provider.sealed_key, _context(provider))


def set_proxy_login(provider: Provider, login: str | None) -> None:
    """Seal the name and password of the proxy (``name:password``) on the provider, without saving it."""
    provider.sealed_proxy_login = _sealed(login if provider.proxy else None, _proxy_context(provider))


def proxy_login_of(provider: Provider) -> str | None:
    """They in clear, for the gateway and the test button only."""
    return _opened(provider.sealed_proxy_login, _proxy_context(provider))


def in_force() -> tuple[policy.Provider, ...]:
    """Active providers as the gateway sees them, with their keys, in order of preference."""
    return tuple(as_seen(provider) for provider in Provider.objects.filter(active=True))


def as_seen(provider: Provider) -> policy.Provider:
    """A provider as the gateway sees it, with its key."""
    return policy.Provider(
        id=provider.slug,
        name=provider.name,
        kind=cast("Literal['openai', 'anthropic']", provider.kind),
        base_url=provider.base_url,
        trust=Trust(provider.trust),
        models=tuple(provider.model_names),
        api_key=key_of(provider),
        network=policy.Network(
            auth=cast("Literal['', 'bearer', 'x-api-key', 'api-key']", provider.auth),
            deployments=provider.deployments,
            api_version=provider.api_version,
            connect_seconds=provider.connect_seconds,
            read_seconds=provider.read_seconds,
            proxy=provider.proxy,
            proxy_login=proxy_login_of(provider),
            authority=provider.authority,
        ),
    )


@transaction.atomic
def move(provider: Provider, step: Literal[-1, 1]) -> None:
    """One place up or down in the order of preference."""
    ordered = list(Provider.objects.select_for_update())
    place = next(i for i, one in enumerate(ordered) if one.pk == provider.pk)
    other = place + step
    if 0 <= other < len(ordered):
        ordered[place], ordered[other] = ordered[other], ordered[place]
    for position, one in enumerate(ordered):
        one.position = position
    Provider.objects.bulk_update(ordered, ["position"])
    next(one for one in ordered if one.pk == provider.pk).save()  # the change is seen, once


def set_prices(provider: Provider, prices: Mapping[str, tuple[Decimal, Decimal]]) -> None:
    """What each model costs, in euros per million tokens, in and out. Models that are not there: unknown."""
    provider.prices = {model: [str(paid) for paid in pair] for model, pair in prices.items()}
    provider.save()


def _sealed(secret: str | None, context: str) -> bytes | None:
    stripped = (secret or "").strip()
    return wiring.keyring().seal(stripped.encode(), context) if stripped else None


def _opened(sealed: bytes | memoryview | None, context: str) -> str | None:
    return wiring.keyring().open(bytes(sealed), context).decode() if sealed else None


def _context(provider: Provider) -> str:
    # Bound to the address, too: with write access to the database only, nobody can point the provider
    # at a server of theirs and have the key sent there; nor through a proxy with an authority of theirs.
    context = f"providers/{provider.slug}/{provider.kind}/{provider.base_url}"
    if not (provider.proxy or provider.authority):
        return context
    way = f"{provider.proxy}\n{provider.authority}".encode()
    return f"{context}/{hashlib.sha256(way).hexdigest()}"


def _proxy_context(provider: Provider) -> str:
    return f"providers/{provider.slug}/proxy/{provider.proxy}"
