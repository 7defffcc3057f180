"""Which host names a browser may use to reach the pages (protects against DNS rebinding)."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from egide.settings import Settings

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - compared with, not bound to


def allowed(settings: Settings) -> list[str]:
    """Loopback, the address listened on, the machine's name, and the public address."""
    names = dict.fromkeys(LOOPBACK)
    if settings.host in EVERYWHERE:
        names |= dict.fromkeys((socket.gethostname().lower(), socket.getfqdn().lower()))
    else:
        names[f"[{settings.host}]" if ":" in settings.host else settings.host] = None
    public = urlsplit(settings.public_url or "").hostname
    if public:
        names[public] = None
    return list(names)


def trusted_origins(settings: Settings) -> list[str]:
    """The public address, from which forms come when a proxy ends TLS."""
    parts = urlsplit(settings.public_url or "")
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
