"""The body of a request between its bytes and the tree that reads it."""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from egide.errors import GatewayError


class Encoded(NamedTuple):
    """A body that leaves. ``text`` is how many bytes of it a model reads as text."""

    content_type: str
    data: bytes
    text: int


class JsonBody:
    """How all addresses but one are spoken to: see ``gateway.dialect.Dialect``, of which this is a part."""

    heard = False

    def decode(self, raw: bytes, content_type: bytes) -> dict[str, Any]:
        try:
            body = orjson.loads(raw)
        except orjson.JSONDecodeError:
            body = None
        if type(body) is not dict:
            raise GatewayError("EG-4005")
        return body

    def encode(self, request: dict[str, Any]) -> Encoded:
        data = orjson.dumps(request)
        return Encoded("application/json", data, len(data))

    def plain(self, request: dict[str, Any]) -> bool:
        return False
