"""One request to an address of files or batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from egide.errors import GatewayError
from egide.gateway.asgi import Receive, Scope, Send, answer
from egide.gateway.batches.owner import Owner

_HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Call:
    """``given`` are its headers; ``identifier`` the name in its path, as the caller has it; ``busy`` tells
    whether there are other exchanges."""

    owner: Owner
    given: dict[bytes, bytes] = field(repr=False)
    query: Mapping[str, str] = field(repr=False)
    base: str
    identifier: str = field(repr=False)
    receive: Receive
    send: Send
    busy: Callable[[], bool]

    async def answer(self, content: dict[str, Any]) -> None:
        """A whole answer."""
        await answer(self.send, 200, orjson.dumps(content))

    def word(self, name: str, *known: str) -> dict[str, str]:
        """A parameter of the query, when it is given. Raises GatewayError EG-4003."""
        said = self.query.get(name)
        if said is not None and said not in known:
            raise GatewayError("EG-4003", field=name)
        return {name: said} if said is not None else {}


def query_of(scope: Scope) -> dict[str, str]:
    """The parameters of the address."""
    return dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))


def base_of(scope: Scope, given: Mapping[bytes, bytes], public_url: str | None) -> str:
    """The gateway's own address, as the caller knows it; a path when it cannot be told."""
    if public_url:
        return f"{public_url.rstrip('/')}/v1"
    host = given.get(b"host", b"").decode("latin-1")
    return f"{scope.get('scheme', 'http')}://{host}/v1" if _HOST.fullmatch(host) else "/v1"
