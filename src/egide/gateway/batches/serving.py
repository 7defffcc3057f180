"""Answers the addresses of files and batches, each from its own module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from types import ModuleType
from typing import Final

from egide.errors import GatewayError
from egide.gateway.asgi import Receive, Scope, Send
from egide.gateway.batches import files, jobs, message_batches
from egide.gateway.batches.call import Call, base_of, query_of
from egide.gateway.batches.owner import Owner
from egide.gateway.endpoints import Stored, Way
from egide.gateway.parts import Parts
from egide.policy import Caller
from egide.ports import Snapshot

FAMILIES: Final[Mapping[str, ModuleType]] = {
    "files": files,
    "batches": jobs,
    "message-batches": message_batches,
}


# What gathers requests before they leave: each may fill the disk with as much as a batch may hold.
_GATHERING: Final = frozenset({("files", "upload"), ("message-batches", "create")})
_MOST_GATHERING: Final = 16
_MOST_OF_ONE: Final = 12  # nobody keeps the others from theirs


class Serving:
    """Used from the event loop."""

    def __init__(self, parts: Parts, busy: Callable[[], bool]) -> None:
        self._parts, self._busy = parts, busy
        self._gathering: Counter[str] = Counter()  # by person

    async def answer(
        self,
        endpoint: Stored,
        below: str,
        snapshot: Snapshot,
        caller: Caller,
        scope: Scope,
        given: dict[bytes, bytes],
        receive: Receive,
        send: Send,
    ) -> None:
        """What this address gives to this caller. Raises EgideError, or ``Gone``."""
        way, identifier = _way(endpoint, scope["method"], below)
        conversation = given.get(b"x-egide-conversation", b"").decode("latin-1")
        owner = Owner(self._parts, snapshot, caller, conversation)
        base = base_of(scope, given, self._parts.settings.public_url)
        act: Callable[[Call], Awaitable[None]] = getattr(FAMILIES[endpoint.name], way.act)
        call = Call(owner, given, query_of(scope), base, identifier, receive, send, self._busy)
        if (endpoint.name, way.act) not in _GATHERING:
            await act(call)
            return
        who = caller.person.id
        if self._gathering.total() >= _MOST_GATHERING or self._gathering[who] >= _MOST_OF_ONE:
            raise GatewayError("EG-4015")
        self._gathering[who] += 1
        try:
            await act(call)
        finally:
            self._gathering -= Counter([who])


def _way(endpoint: Stored, method: str, below: str) -> tuple[Way, str]:
    """Raises GatewayError EG-4013 or EG-4014."""
    identifier, _, tail = below.partition("/")
    form = f"/{{id}}{'/' if tail else ''}{tail}" if below else ""
    ways = {way.method: way for way in endpoint.ways if way.tail == form}
    if not ways:
        raise GatewayError("EG-4013", path=f"/v1{endpoint.path}/…")
    if method not in ways:
        raise GatewayError("EG-4014", method=method if method.isalpha() else "?", allowed=", ".join(ways))
    return ways[method], identifier
