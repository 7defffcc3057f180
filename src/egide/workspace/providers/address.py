"""Which addresses a provider may have: a mistake here would send texts to the wrong place, or in clear."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from egide.errors import WorkspaceError
from egide.policy import Trust
from egide.reference.providers import presets


def checked(base_url: str) -> str:
    """The address without its last slash. Raises WorkspaceError EG-6009.

    ``http:`` is accepted only towards this machine or a private network: elsewhere the key and the
    texts would travel in clear.
    """
    address = base_url.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise WorkspaceError("EG-6009") from None
    plain = not (parts.username or parts.password or parts.query or parts.fragment) and port != 0
    secure = parts.scheme == "https" or (parts.scheme == "http" and _near(parts.hostname or ""))
    if not (plain and secure and parts.hostname):
        raise WorkspaceError("EG-6009")
    return address


def checked_proxy(proxy: str, base_url: str) -> str:
    """The address of an HTTP proxy without its last slash. Empty: none. Raises WorkspaceError EG-6120.

    The proxy of a service that speaks ``http:`` reads everything: it must itself be near.
    """
    address = proxy.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise WorkspaceError("EG-6120") from None
    bare = not (parts.username or parts.password or parts.path or parts.query or parts.fragment) and port != 0
    safe = base_url.startswith("https:") or _near(parts.hostname or "")
    if not (parts.scheme == "http" and parts.hostname and bare and safe):
        raise WorkspaceError("EG-6120")
    return address


def checked_trust(trust: str, base_url: str) -> str:
    """The trust, unless it calls a known service of another company local. Raises WorkspaceError EG-6126.

    A local service may read what no other may: a mistake here would send everything in clear.
    """
    if trust == Trust.LOCAL and _is_outside(urlsplit(base_url).hostname or ""):
        raise WorkspaceError("EG-6126")
    return trust


def _is_outside(host: str) -> bool:
    """Whether the host is of a service that the presets know to be another company's."""
    outside = [preset for preset in presets().values() if preset.group != "local"]
    if any(host == urlsplit(preset.base_url).hostname for preset in outside):
        return True
    # Azure gives each of its customers a name of their own.
    shared = [(urlsplit(preset.example).hostname or "").partition(".")[2] for preset in outside]
    return any(host.endswith(f".{domain}") for domain in shared if domain)


def _near(host: str) -> bool:
    """Whether the host is this machine or of a private network (a name without dot, ``.local``…)."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan", ".localhost", ".home.arpa"))
    return address.is_loopback or (address.is_private and not address.is_link_local)
