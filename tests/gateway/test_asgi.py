from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from egide.errors import GatewayError
from egide.gateway.asgi import Gone, Message, Presence, Receive, answer, read_body


def receiver(*messages: Message) -> Receive:
    queue = list(messages)

    async def receive() -> Message:
        if not queue:
            await asyncio.Event().wait()
        return queue.pop(0)

    return receive


def pieces(*bodies: bytes) -> Sequence[Message]:
    return [
        {"type": "http.request", "body": body, "more_body": i < len(bodies) - 1}
        for i, body in enumerate(bodies)
    ]


async def test_a_body_in_pieces() -> None:
    assert await read_body(receiver(*pieces(b"un", b"", b"deux")), {}, 100) == b"undeux"


@pytest.mark.parametrize("headers", [{}, {b"content-length": b"12"}, {b"content-length": b"x"}])
async def test_a_body_beyond_the_limit(headers: dict[bytes, bytes]) -> None:
    with pytest.raises(GatewayError) as refused:
        await read_body(receiver(*pieces(b"x" * 6, b"x" * 6)), headers, 10)
    assert refused.value.code == "EG-4006"


async def test_a_caller_who_leaves_while_sending() -> None:
    with pytest.raises(Gone):
        await read_body(receiver(*pieces(b"x", b"y")[:1], {"type": "http.disconnect"}), {}, 10)


async def test_an_answer_is_never_kept_by_a_cache() -> None:
    sent: list[Any] = []

    async def send(message: Message) -> None:
        sent.append(message)

    await answer(send, 200, b"{}", [(b"x-a", b"b")])
    headers = dict(sent[0]["headers"])
    assert headers[b"cache-control"] == b"no-store"
    assert headers[b"content-length"] == b"2"
    assert sent[1]["body"] == b"{}"


async def test_leaving_cancels_what_is_being_done() -> None:
    presence = Presence(receiver({"type": "http.disconnect"}))
    with pytest.raises(asyncio.CancelledError), presence:
        await asyncio.sleep(60)
    task = asyncio.current_task()
    assert task is not None
    task.uncancel()
    assert presence.gone


async def test_staying_cancels_nothing() -> None:
    with Presence(receiver()) as presence:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not presence.gone
