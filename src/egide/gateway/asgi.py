"""The few ASGI gestures that the gateway needs: read a body, answer, know that the caller left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from egide.errors import GatewayError

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]


class Gone(Exception):  # noqa: N818 - not an error: the caller left
    """The caller closed the connection."""


async def read_body(receive: Receive, headers: dict[bytes, bytes], limit: int) -> bytes:
    """The request's body. Raises GatewayError EG-4006 (too large), or ``Gone``."""
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > limit:
        raise GatewayError("EG-4006", size=int(announced), limit=limit)
    pieces, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > limit:
            raise GatewayError("EG-4006", size=size, limit=limit)
        if not message.get("more_body"):
            return b"".join(pieces)


async def answer(send: Send, status: int, body: bytes, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """A whole answer in JSON."""
    await whole(send, status, body, b"application/json", headers)


async def whole(
    send: Send, status: int, body: bytes, content_type: bytes, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """A whole answer."""
    length = (b"content-length", str(len(body)).encode())
    await begin(send, status, content_type, [length, *headers])
    await send({"type": "http.response.body", "body": body})


async def begin(
    send: Send, status: int, content_type: bytes, headers: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """The head of an answer. Answers hold what was confided: no cache may keep them."""
    shown = [(b"content-type", content_type), (b"cache-control", b"no-store"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": shown})


class Presence:
    """Cancels the current task as soon as the caller leaves; ``gone`` tells that this is why."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self.gone = False

    def __enter__(self) -> Presence:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - we run in a task, always
        self._task = task
        self._watch = asyncio.create_task(self._look())
        return self

    def __exit__(self, *problem: object) -> None:
        self._watch.cancel()
        del self._watch, self._task, self._receive  # a task and its frame, in a circle with this

    async def _look(self) -> None:
        task, receive = self._task, self._receive
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        task.cancel()
