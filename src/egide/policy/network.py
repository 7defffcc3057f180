"""How a provider is reached: its address, the header of its key, the certificates that it is known by.

Pure: no network. The gateway and the test button of the pages reach a provider in the same way.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from egide.policy.model import Provider

_KEY_HEADERS: Final = ("authorization", "x-api-key", "api-key")


def address_of(provider: Provider, url: str, model: str) -> str:
    """``url`` (an address of the dialect, below the provider's own) as this provider expects it.

    With deployments, ``/chat/completions`` becomes ``/openai/deployments/MODEL/chat/completions``, and an
    address that speaks of no model, such as ``/files``, ``/openai/files``.
    """
    network = provider.network
    if network.deployments:
        base = provider.base_url.rstrip("/")
        place = f"/openai/deployments/{quote(model, safe='')}" if model else "/openai"
        url = f"{base}{place}{url.removeprefix(base)}"
    return f"{url}?api-version={quote(network.api_version, safe='')}" if network.api_version else url


def headers_of(provider: Provider, headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` with the key where this provider looks for it."""
    if not provider.network.auth:
        return dict(headers)
    others = {name: value for name, value in headers.items() if name.lower() not in _KEY_HEADERS}
    if not provider.api_key:
        return others
    if provider.network.auth == "bearer":
        return {**others, "authorization": f"Bearer {provider.api_key}"}
    return {**others, provider.network.auth: provider.api_key}


@lru_cache(maxsize=64)
def context_of(authority: str) -> ssl.SSLContext:
    """TLS that trusts these certificates (PEM) and no other. Raises ssl.SSLError when they are none.

    Nothing is taken from the environment, as ``ssl.create_default_context`` would.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=authority)
    return context
