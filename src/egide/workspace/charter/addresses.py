"""Where a signature comes from: the client's address, and who says so.

The server sets ``egide.peer`` to the address of the socket when the request came through a proxy that the
administrator named, and then gives the client's as that of the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from django.http import HttpRequest

from egide.ports import PEER
from egide.workspace.charter.models import AddressSource


@dataclass(frozen=True, slots=True)
class Client:
    """An address, empty when it is none, and its source."""

    address: str
    source: AddressSource


def client_of(request: HttpRequest) -> Client:
    """That of this request. What a proxy wrote counts only when it is an address."""
    peer = str(getattr(request, "scope", {}).get(PEER, ""))
    seen = _address(request.META.get("REMOTE_ADDR", ""))
    if not peer:
        return Client(seen, AddressSource.SOCKET)
    return Client(seen, AddressSource.PROXY) if seen else Client(_address(peer), AddressSource.SOCKET)


def _address(written: str) -> str:
    try:
        return str(ip_address(written))
    except ValueError:
        return ""
