"""Gives a provider's answer to the caller, restored: whole, in a stream, or as an error of its own shape."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import aiohttp
import orjson

from egide.errors import EgideError, GatewayError, JournalError
from egide.gateway import checks_header
from egide.gateway.answer_texts import StreamTexts, text_of
from egide.gateway.asgi import Headers, Presence, Receive, Send, answer, begin, whole
from egide.gateway.dialect import StreamReader
from egide.gateway.exchanging import Exchange
from egide.gateway.failures import place_of
from egide.gateway.limits.refusing import warning_header
from egide.gateway.sse import Event, EventParser
from egide.gateway.statuses import passed_on, retry_after, status_of
from egide.gateway.withholding import read_apart
from egide.pseudonymisation import Session

logger = logging.getLogger(__name__)
_MOST_ERROR: Final = 400
_PLAIN: Final = frozenset({"text/plain", "text/vtt", "application/x-subrip", "text/srt"})
_TEXT: Final = b"text/plain; charset=utf-8"
_EVENTS: Final = b"text/event-stream; charset=utf-8"


class Answering:
    """The answer to one prepared request."""

    def __init__(self, exchange: Exchange, send: Send) -> None:
        self._exchange, self._send = exchange, send
        self._dialect = exchange.prepared.dialect
        self._keys = exchange.prepared.keys
        self._headers: Headers = [(b"x-egide-exchange", exchange.id.encode())]
        if exchange.prepared.limit is not None:
            self._headers.append(warning_header(exchange.prepared.limit))
        if dropped := exchange.prepared.known.dropped:
            self._headers.append((b"x-egide-dropped", str(dropped).encode()))
        self._injections = checks_header.of_request(exchange.prepared.known.injections)
        self._texts = StreamTexts()
        checks = exchange.prepared.asked.snapshot.policy.document.checks
        self._read = checks.answers.covers(asked=exchange.wants_checks)
        self._started = False
        self._reader: StreamReader | None = None
        self._given = False  # the whole answer: who leaves from then on abandons nothing

    @property
    def _session(self) -> Session:
        """That of the provider that answers: known once it was sent to."""
        return self._exchange.prepared.session

    async def run(self, receive: Receive) -> None:
        """Send, and answer; the exchange is closed in the journal whatever happens."""
        status, error = "stopped", None
        presence = Presence(receive)
        try:
            with presence:
                status, error = await self._go()
        except asyncio.CancelledError:
            if not presence.gone:
                raise
            status = "complete" if self._given else "abandoned"
            task = asyncio.current_task()
            if task is not None:
                task.uncancel()
        except EgideError as problem:
            status, error = _ending(problem), problem.code
            await self._refuse(problem)
        except Exception as failure:  # fail closed; where it broke, never the message: it could quote a text
            logger.error("exchange %s failed: %s", self._exchange.id, place_of(failure))
            status, error = "failed", "EG-4017"
            await self._refuse(GatewayError("EG-4017"))
        finally:
            self._exchange.close(status, error)

    async def _go(self) -> tuple[str, str | None]:
        response = await self._exchange.send()
        if self._exchange.moved:
            self._headers.append((b"x-egide-provider", self._exchange.provider.id.encode()))
        if response.status != 200:
            return "failed", await self._provider_error(response)
        kind = response.content_type
        if self._exchange.prepared.streamed:
            if kind != "text/event-stream":
                raise self._odd()
            return await self._stream()
        if self._exchange.prepared.plain:
            return await self._plain(kind)
        if kind != "application/json":
            raise self._odd()
        return await self._whole()

    async def _plain(self, kind: str) -> tuple[str, str | None]:
        """An answer that is a text, as subtitles are."""
        body = await self._exchange.body()
        try:
            text = self._session.restore(body.decode())
        except UnicodeDecodeError:
            raise self._odd() from None
        if kind not in _PLAIN:
            raise self._odd()
        self._exchange.outcome.input_tokens = 0
        found = await self._checked(lambda: text)
        self._started = True
        await whole(self._send, 200, text.encode(), _TEXT, self._head(found))
        self._given = True
        return "complete", None

    async def _whole(self) -> tuple[str, str | None]:
        body = await self._exchange.body()
        try:
            content = orjson.loads(body)
            self._exchange.outcome = await read_apart(
                self._session, len(body), lambda: self._dialect.restore(content, self._session, self._keys)
            )
        except (ValueError, TypeError, AttributeError):
            raise self._odd() from None
        if (self._session.changes and self._dialect.restores) or self._dialect.stateful:
            body = orjson.dumps(content)
        found = await self._checked(lambda: text_of(content)) if self._dialect.restores else None
        self._started = True
        await answer(self._send, 200, body, self._head(found))
        self._given = True
        return "complete", None

    async def _stream(self) -> tuple[str, str | None]:
        reader = self._reader = self._dialect.stream(self._session, self._keys)
        self._exchange.outcome = reader.outcome
        parser = EventParser()
        self._started = True
        await begin(self._send, 200, _EVENTS, self._head())
        try:
            async for chunk in self._exchange.chunks():
                events = parser.feed(chunk)
                out = await read_apart(self._session, len(chunk), partial(_read, reader, events))
                if out:
                    await self._give(out)
                if reader.ended or reader.failed:
                    break
            else:
                await self._give(_read(reader, parser.close()))
        except (ValueError, TypeError, AttributeError):
            raise self._odd() from None
        except EgideError:
            await self._give_held(reader)
            raise
        if reader.failed:
            await self._give_held(reader)
            raise GatewayError("EG-4009", provider=self._exchange.provider.name, status="flux")
        if not reader.ended:
            await self._give_held(reader)
            raise GatewayError("EG-4011", provider=self._exchange.provider.name)
        if (found := await self._checked(self._texts.text)) is not None:
            await self._give(checks_header.comment(found))
        await self._send({"type": "http.response.body", "body": b""})
        self._given = True
        await self._exchange.drain()
        return "complete", None

    async def _give_held(self, reader: StreamReader) -> None:
        """What a stream that broke off had held back. A part of a value may be in it, that nothing tells from
        an ordinary word: where values are taken out, it is lost with what did not come."""
        if not self._session.read:
            await self._give(reader.close())

    async def _checked(self, texts: Callable[[], str]) -> list[str] | None:
        """What the request and the answer hold, when the caller waits to be told of it."""
        wanted = self._exchange.wants_checks
        if not (self._read or wanted):
            return None
        review = self._exchange.review(texts, asked=wanted)
        if not wanted:
            return None
        heard = self._exchange.prepared.known.heard
        found = checks_header.of_answer(await asyncio.shield(review), heard=heard)
        return [*self._injections, *checks_header.of_withheld(self._exchange.withheld), *found]

    def _head(self, found: list[str] | None = None) -> Headers:
        """The headers, with what was found, at least in the request."""
        if found is None and not self._injections:
            return self._headers
        told = self._injections if found is None else found
        return [*self._headers, (checks_header.NAME, checks_header.written(told))]

    async def _give(self, out: bytes) -> None:
        if out:
            self._note(out)
            await self._send({"type": "http.response.body", "body": out, "more_body": True})

    def _note(self, out: bytes) -> None:
        """Keep the texts for the review; what cannot be read is left unchecked, never held back."""
        if self._read:
            try:
                self._texts.add(out)
            except ValueError:
                self._read = False

    async def _provider_error(self, response: aiohttp.ClientResponse) -> str:
        """The provider's status, our message, and its own words when they are safe to repeat. The code."""
        status, name = passed_on(response.status), self._exchange.provider.name
        error = await self._error() if status == response.status else None
        problem = GatewayError("EG-4009", provider=name, status=response.status)
        if self._dialect.absent and no_address(response.status, error):
            problem = GatewayError(self._dialect.absent, provider=name)
            status = status_of(problem)
        message = problem.message
        if said := self._said(error):
            message = f"{message} Message du fournisseur : {said}"
        headers = list(self._headers)
        wait = response.headers.get("retry-after", "")
        if wait.isdigit():
            headers.append((b"retry-after", wait.encode()))
        body = orjson.dumps(self._dialect.error(status, problem.code, message))
        self._started = True
        await answer(self._send, status, body, headers)
        return problem.code

    async def _error(self) -> Any:
        """The error that the provider tells, None when it tells none that can be read."""
        try:
            content = orjson.loads(await self._exchange.body())
        except (ValueError, GatewayError):
            return None
        return content.get("error", content) if type(content) is dict else None

    def _said(self, error: Any) -> str:
        """What the provider says of the error, values put back: the caller's own, for the caller's eyes."""
        said = error.get("message") if type(error) is dict else error
        return self._session.restore(said)[:_MOST_ERROR] if type(said) is str else ""

    async def _refuse(self, problem: EgideError) -> None:
        """Tell the caller what went wrong: as an answer, or as an event once the stream has begun."""
        status = status_of(problem)
        if self._started:
            number = self._reader.number if self._reader is not None else 0
            event = self._dialect.stream_error(status, problem.code, problem.message, number)
            await self._send({"type": "http.response.body", "body": event})
        else:
            body = orjson.dumps(self._dialect.error(status, problem.code, problem.message))
            self._started = True
            await answer(self._send, status, body, [*self._headers, *retry_after(problem)])

    def _odd(self) -> GatewayError:
        return GatewayError("EG-4010", provider=self._exchange.provider.name)


def _read(reader: StreamReader, events: Sequence[Event]) -> bytes:
    return b"".join([reader.feed(event) for event in events])


def no_address(status: int, error: Any) -> bool:
    """Whether the provider says that it has no such address: not that something in the request is unknown,
    which it tells by the name of a field or by a code in words."""
    named = type(error) is dict and (error.get("param") or type(error.get("code")) is str)
    return status == 405 or (status == 404 and not named)


def _ending(problem: EgideError) -> str:
    """How the journal names an exchange that ended by this error."""
    if isinstance(problem, JournalError):
        return "stopped"
    return "cut" if problem.code == "EG-4011" else "failed"
