"""Which addresses an identity provider may have: a mistake here would send codes and secrets in clear."""

from __future__ import annotations

import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext

from egide.errors import WorkspaceError

WELL_KNOWN: Final = "/.well-known/openid-configuration"


def checked_issuer(address: str) -> str:
    """The issuer as it must be written. Raises WorkspaceError EG-6589.

    Its last slash is kept: it is part of the name, which is compared letter by letter.
    """
    issuer = address.strip().removesuffix(WELL_KNOWN)
    if not is_safe(issuer) or urlsplit(issuer).query:
        raise WorkspaceError(
            "EG-6589",
            reason=gettext(
                "l'adresse de l'émetteur doit commencer par https://, sans identifiant ni mot de passe"
            ),
        )
    return issuer


def is_safe(address: object) -> bool:
    """Whether it is ``https:``; ``http:`` is taken towards this very machine only."""
    if not isinstance(address, str) or any(char.isspace() or not char.isprintable() for char in address):
        return False
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if parts.username or parts.password or parts.fragment or port == 0 or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname))


def leads_here(address: str) -> bool:
    """Whether it is written as this very machine, in any of the ways that a connection understands."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        try:
            found = ipaddress.IPv4Address(socket.inet_aton(host))  # « 127.1 », « 0x7f000001 »
        except OSError:
            return host == "localhost" or host.endswith(".localhost")
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_loopback or found.is_unspecified


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
