"""A provider on the loopback address: speaks every protocol, and answers with what it was sent.

For ``egide verify`` and for the tests. The echo goes out as text, or as the arguments of every tool that
the request declares; streamed, it is cut in pieces of random size, and so are the bytes on the wire. It
can alter the text that it echoes (as models do to placeholders) and fail in every way that a provider may.

    async with Loopback() as provider:
        provider.openai_url, provider.anthropic_url, provider.received
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Literal, Self

from aiohttp import web

from egide.gateway.loopback_answers import (
    Cut,
    anthropic_answer,
    anthropic_events,
    openai_answer,
    openai_events,
)
from egide.gateway.loopback_batches import Shelf
from egide.gateway.loopback_completions import completion_answer, completion_events
from egide.gateway.loopback_figures import count_answer, embeddings_answer, moderations_answer
from egide.gateway.loopback_responses import responses_answer, responses_events
from egide.gateway.loopback_speech import form_of, transcription_answer, transcription_events

Fault = Literal[
    "hang", "hang-in-stream", "hang-at-end", "cut", "half-event", "half-character", "no-end", "wrong-type",
    "not-json", "error-event", "empty", "endless", "endless-event",
]  # fmt: skip
_BEFORE_CUT = 0.2  # seconds
_PIECES: Final = 9  # events after which every protocol is in the middle of a text
_GIGABYTE: Final = 2**30
_BLOCK: Final = 2**16


@dataclass(frozen=True, slots=True)
class Received:
    """One request, as the provider saw it."""

    path: str
    headers: dict[str, str]
    body: Any = field(repr=False)


def _openai_error(message: str) -> Any:
    return {"error": {"message": message, "type": "x", "code": None}}


def _anthropic_error(message: str) -> Any:
    return {"type": "error", "error": {"type": "invalid_request_error", "message": message}}


@dataclass(frozen=True, slots=True)
class _Address:
    """How an address answers: an error, a whole answer, and a stream where it has one."""

    error: Callable[[str], Any]
    answer: Callable[[Any, str], Any]
    events: Callable[[Any, str, Cut], Iterator[str]] | None = None


_ADDRESSES: Final = {
    "/v1/chat/completions": _Address(_openai_error, openai_answer, openai_events),
    "/v1/completions": _Address(_openai_error, completion_answer, completion_events),
    "/v1/embeddings": _Address(_openai_error, embeddings_answer),
    "/v1/moderations": _Address(_openai_error, moderations_answer),
    "/v1/messages": _Address(_anthropic_error, anthropic_answer, anthropic_events),
    "/v1/messages/count_tokens": _Address(_anthropic_error, count_answer),
}


class Loopback:
    """The provider. Its public attributes may be changed between two requests."""

    def __init__(self, *, seed: int = 0, longest_piece: int = 7, longest_write: int = 60) -> None:
        self.received: list[Received] = []
        self.kept: dict[str, Any] = {}  # requests of the Responses protocol, by the name of their response
        self.alter: Callable[[str], str] = lambda text: text
        self.echo: Callable[[Any], str] = last_user_text
        self.fault: Fault | None = None
        self.status = 200  # another one: an error of the provider, that repeats the text it was sent
        self.error_headers: dict[str, str] = {}
        self.failure = b""  # the body of that error, when it is to be another
        self.pause = 0.0  # seconds between two pieces on the wire
        self.left = asyncio.Event()  # set when a caller hung up in the middle of an answer
        self.answering = asyncio.Event()  # set when an answer has begun
        self._random = random.Random(seed)  # noqa: S311 - no secret is drawn
        self._longest, self._longest_write = longest_piece, longest_write
        # Files and batches.
        self.shelf = Shelf(self._answered, lambda path, body: self.received.append(Received(path, {}, body)))
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def openai_url(self) -> str:
        """``base_url`` of a provider of kind ``openai``."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def anthropic_url(self) -> str:
        """``base_url`` of a provider of kind ``anthropic``."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        """Listen on this port, or on a free one."""
        app = web.Application(client_max_size=2**26)
        for path, address in _ADDRESSES.items():
            app.router.add_post(path, partial(self._answer, address))
        app.router.add_post("/v1/responses", self._responses)
        self.shelf.add_routes(app)
        app.router.add_post("/v1/audio/transcriptions", self._transcriptions)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port, backlog=2048)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *problem: object) -> None:
        await self.stop()

    async def _answer(self, address: _Address, request: web.Request) -> web.StreamResponse:
        body = await self._receive(request)
        text = self.alter(self.echo(body))
        if self.status != 200:
            return self._failure(address.error(f"refused: {text}"))
        if address.events is not None and body.get("stream"):
            return await self._stream(request, address.events(body, text, self._cut))
        return await self._whole(request, address.answer(body, text))

    def _answered(self, path: str, body: dict[str, Any]) -> Any:
        """The answer to one request of a batch."""
        text = self.alter(self.echo(body))
        if path == "/v1/responses":
            name = f"resp_{len(self.kept):08x}"
            self.kept[name] = body
            return responses_answer(body, text, name)
        return _ADDRESSES[path].answer(body, text)

    async def _responses(self, request: web.Request) -> web.StreamResponse:
        body = await self._receive(request)
        earlier = body.get("previous_response_id")
        if earlier is not None and earlier not in self.kept:
            error = {"message": "No such response.", "code": "previous_response_not_found", "param": None}
            return web.json_response({"error": error}, status=400)
        text = self.alter(self.echo(body))
        if self.status != 200:
            return self._failure(_openai_error(f"refused: {text}"))
        name = f"resp_{len(self.kept):08x}"
        self.kept[name] = body
        if body.get("stream"):
            return await self._stream(request, responses_events(body, text, name, self._cut))
        return await self._whole(request, responses_answer(body, text, name))

    async def _transcriptions(self, request: web.Request) -> web.StreamResponse:
        body = await form_of(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.path, headers, body))
        text = self.alter(self.echo(body))
        if self.status != 200:
            return self._failure(_openai_error(f"refused: {text}"))
        if body.get("stream") == "true":
            return await self._stream(request, transcription_events(text, self._cut))
        if body.get("response_format") in ("text", "srt", "vtt"):
            return web.Response(text=text, content_type="text/plain")
        return await self._whole(request, transcription_answer(body, text))

    async def _receive(self, request: web.Request) -> Any:
        body = await request.json()
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.path, headers, body))
        return body

    def _failure(self, content: Any) -> web.Response:
        if self.failure:
            return web.Response(body=self.failure, status=self.status, headers=self.error_headers)
        return web.json_response(content, status=self.status, headers=self.error_headers)

    async def _whole(self, request: web.Request, content: Any) -> web.StreamResponse:
        if self.fault == "hang":
            await self._hang()
        if self.fault == "wrong-type":
            return web.Response(text="<p>maintenance</p>", content_type="text/html")
        if self.fault == "not-json":
            return web.Response(body=b'{"choices": [', content_type="application/json")
        if self.fault == "empty":
            return web.json_response({})
        if self.fault == "cut":
            return await self._half(request, json.dumps(content).encode())
        if self.fault == "endless":
            return await self._endless(request, "application/json", b'{"choices": [{"x": "', b"a" * _BLOCK)
        return web.json_response(content)

    async def _endless(
        self, request: web.Request, kind: str, head: bytes, block: bytes
    ) -> web.StreamResponse:
        """A gigabyte, or what of it the client takes."""
        response = web.StreamResponse(headers={"content-type": kind})
        await response.prepare(request)
        try:
            await response.write(head)
            for _ in range(_GIGABYTE // len(block)):
                await response.write(block)
        except (ConnectionError, asyncio.CancelledError):
            self.left.set()
            raise
        return response

    async def _half(self, request: web.Request, raw: bytes) -> web.StreamResponse:
        head = {"content-type": "application/json", "content-length": str(len(raw))}
        response = web.StreamResponse(headers=head)
        await response.prepare(request)
        await response.write(raw[: len(raw) // 2])
        if request.transport is not None:
            request.transport.abort()
        return response

    async def _stream(self, request: web.Request, events: Iterator[str]) -> web.StreamResponse:
        if self.fault == "hang":
            await self._hang()
        if self.fault == "wrong-type":
            return web.Response(text="{}", content_type="application/json")
        if self.fault == "endless":
            *head, again = list(events)[:_PIECES]
            block = again.encode() * (_BLOCK // len(again) + 1)
            return await self._endless(request, "text/event-stream", "".join(head).encode(), block)
        if self.fault == "endless-event":
            return await self._endless(request, "text/event-stream", b'data: {"x": "', b"a" * _BLOCK)
        response = web.StreamResponse(headers={"content-type": "text/event-stream"})
        await response.prepare(request)
        wire, cut = self._faulty("".join(events).encode())
        try:
            while wire:
                size = self._random.randint(1, self._longest_write)
                await response.write(wire[:size])
                wire = wire[size:]
                self.answering.set()
                await asyncio.sleep(self.pause)
            if self.fault in ("hang-in-stream", "hang-at-end"):
                await self._hang()
        except (ConnectionError, asyncio.CancelledError):
            self.left.set()
            raise
        if cut and request.transport is not None:
            # A client that is told of the cut at once forgets what it had received and not yet read.
            await asyncio.sleep(_BEFORE_CUT)
            request.transport.abort()
        return response

    def _faulty(self, wire: bytes) -> tuple[bytes, bool]:
        """The bytes to send, and whether the connection is then cut."""
        half = len(wire) // 2
        if self.fault in ("cut", "hang-in-stream"):
            return wire[: wire.index(b"\n\n", half) + 2], self.fault == "cut"
        if self.fault == "half-event":
            return wire[: wire.index(b"\n\n", half) - 5], True
        if self.fault == "half-character":
            at = next((i for i in range(half, len(wire)) if wire[i] >= 0xC0), half)
            return wire[: at + 1], True
        if self.fault == "no-end":
            return wire[: wire.index(b"\n\n", half) + 2], False
        if self.fault == "not-json":
            return wire[: wire.index(b"\n\n", half) + 2] + b"data: {oops\n\n", False
        if self.fault == "error-event":
            error = {"type": "error", "error": {"type": "overloaded_error", "message": "surcharge"}}
            event = f"event: error\ndata: {json.dumps(error)}\n\n".encode()
            return wire[: wire.index(b"\n\n", half) + 2] + event, False
        return wire, False

    async def _hang(self) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.left.set()
            raise

    def _cut(self, text: str) -> Iterator[str]:
        while text:
            size = self._random.randint(1, self._longest)
            yield text[:size]
            text = text[size:]


def last_user_text(body: Any) -> str:
    """The text of the last message of the user, or what takes the place of messages."""
    given = body.get("messages") or body.get("prompt") or body.get("input") or ""
    if isinstance(given, str) or not any(isinstance(one, dict) and "role" in one for one in given):
        return _text(given)
    said = [one.get("content") for one in given if one.get("role") == "user"]
    return _text(said[-1]) if said else ""


def everything(body: Any) -> str:
    """Every string of the request, one a line, keys included."""
    return "\n".join(_strings(body))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return _text(content.get("text", content.get("content", "")))
    return "".join(map(_text, content or ()))
