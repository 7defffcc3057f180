"""Proxies that the administrator named: what they say of the client is believed, and nobody else's word.

Each proxy adds at the right of ``X-Forwarded-For`` the address that it saw; what stands at the left of it may
have been written by the visitor. The rightmost is the visitor, unless it is another proxy that was named by
its own address: then the one that this other saw. An address that is only inside a named network stands for a
visitor there: a colleague of the same network would otherwise choose their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from egide.ports import PEER

_FOR, _PROTO = b"x-forwarded-for", b"x-forwarded-proto"


class NamedProxies:
    """Gives ``X-Forwarded-For`` and ``X-Forwarded-Proto`` of these proxies as the request's own, and keeps
    the address of the socket beside (``ports.PEER``)."""

    def __init__(self, app: ASGIApp, proxies: Sequence[str]) -> None:
        self._app = app
        self._networks = tuple(ip_network(one) for one in proxies)
        self._alone = frozenset(one.network_address for one in self._networks if one.num_addresses == 1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._believe(scope)
        await self._app(scope, receive, send)

    def _believe(self, scope: Scope) -> None:
        peer = _address((scope.get("client") or ("",))[0])
        if peer is None or not self._named(peer):
            # Overwritten, not removed: that some proxy stands between is still to be seen.
            own = scope["scheme"].encode()
            scope["headers"] = [(name, own if name == _PROTO else said) for name, said in scope["headers"]]
            return
        told = [said.decode("latin1").strip() for name, said in scope["headers"] if name == _PROTO]
        if told and told[-1] in ("http", "https"):
            scope["scheme"] = told[-1]
        if (visitor := self._visitor(scope)) is not None:
            scope[PEER], scope["client"] = str(_plain(peer)), (str(_plain(visitor)), 0)

    def _named(self, address: IPv4Address | IPv6Address) -> bool:
        return any(one in network for one in (address, _plain(address)) for network in self._networks)

    def _visitor(self, scope: Scope) -> IPv4Address | IPv6Address | None:
        said = b",".join(value for name, value in scope["headers"] if name == _FOR).decode("latin1")
        found = None
        for one in reversed(said.split(",")):
            address = _address(one.strip())
            if address is None:
                break
            found = address
            if self._alone.isdisjoint((address, _plain(address))):
                break
        return found


def _address(written: str) -> IPv4Address | IPv6Address | None:
    """The address in « 192.0.2.7 », « 192.0.2.7:80 », « 2001:db8::7 » or « [2001:db8::7]:80 »."""
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        return ip_address(written)
    except ValueError:
        return None


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """A socket that takes both families writes an IPv4 address as « ::ffff:192.0.2.7 »."""
    return (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
