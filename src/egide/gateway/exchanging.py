"""One exchange on its way: the record opened beside the call, and closed once, however it ends."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncGenerator, Mapping
from functools import partial
from typing import Final

import aiohttp

from egide.errors import GatewayError
from egide.gateway.dialect import Outcome
from egide.gateway.limits import spending
from egide.gateway.parts import Parts
from egide.gateway.preparing import Prepared
from egide.gateway.records import Closing

_DRAIN_SECONDS: Final = 0.05


class Exchange:
    """Sends a prepared request. Every use ends by ``close``."""

    def __init__(self, parts: Parts, prepared: Prepared, given: Mapping[bytes, bytes]) -> None:
        self._parts, self._given = parts, given
        self.prepared = prepared
        self.provider = prepared.route.provider
        self.outcome = Outcome()
        self.response: aiohttp.ClientResponse | None = None
        self._began = time.perf_counter()
        self._first: float | None = None
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._events = 0
        self._durable: asyncio.Future[None] | None = None
        self._closed = False

    @property
    def id(self) -> str:
        """The name of the exchange in the journal."""
        return self.prepared.known.exchange

    async def send(self) -> aiohttp.ClientResponse:
        """The head of the provider's answer, once the record is durable: from here on, bytes may be
        released. Raises GatewayError EG-4008 or JournalError EG-5001."""
        prepared = self.prepared
        self._durable = self._parts.journal.write(prepared.opened)
        self._keep_values()
        dialect = prepared.dialect
        self.response = await self._parts.upstream.post(
            self.provider,
            dialect.upstream(self.provider),
            dialect.headers(self.provider, self._given),
            prepared.body,
        )
        # Shielded: who leaves now must not make us forget whether the record was written.
        await asyncio.shield(self._durable)
        return self.response

    def _keep_values(self) -> None:
        """Have the vault keep the values issued now, save those that it was given lately, and those of
        exchanges for which nothing will ever be put back; and which values a conversation knows whose text
        the provider alone will have."""
        if not self.prepared.dialect.restores:
            return
        session, saved = self.prepared.session, self._parts.saved
        if codes := saved.missing(session.scope_id, session.fresh):
            saved.add(session.scope_id, codes)
            self._parts.journal.keep(partial(session.sealed, codes))
        if self.prepared.dialect.stateful and session.note:
            thread = session.thread(self.prepared.keys.thread)
            self._parts.journal.keep(lambda: [thread])

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The body as it comes. Raises GatewayError EG-4010 (too long) or EG-4011 (cut)."""
        response, limit = self._answer(), self._parts.settings.max_answer_bytes
        try:
            async for chunk in response.content.iter_any():
                if self._first is None:
                    self._first = time.perf_counter()
                self._bytes += len(chunk)
                self._events += chunk.count(b"data:")
                self._hash.update(chunk)
                if self._bytes > limit:
                    raise GatewayError("EG-4010", provider=self.provider.name)
                yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise GatewayError("EG-4011", provider=self.provider.name) from None

    async def body(self) -> bytes:
        """The whole body."""
        return b"".join([chunk async for chunk in self.chunks()])

    async def drain(self) -> None:
        """Read what follows the last event, for a moment at most: read to its end, the connection to the
        provider serves again."""
        content = self._answer().content
        with contextlib.suppress(TimeoutError, aiohttp.ClientError, OSError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not content.at_eof():
                    await content.readany()

    def close(self, status: str, error: str | None = None) -> None:
        """Write how it ended, and let the connection go: kept when read to its end, else cut at once."""
        if self._closed:
            return
        self._closed = True
        if self.response is not None:
            self.response.close() if not self.response.content.is_eof() else self.response.release()
        if self._durable is None:
            return
        spent = self._spend(complete=status == "complete")
        ended = time.perf_counter()
        closing = Closing(
            status=status,
            outcome=self.outcome,
            upstream_status=self.response.status if self.response is not None else None,
            answer_bytes=self._bytes,
            answer_hash=self._hash.hexdigest(),
            first_ms=1000 * (self._first - self._began) if self._first is not None else None,
            duration_ms=1000 * (ended - self._began),
            error=error,
            estimated_tokens=spent.estimated,
        )
        self._parts.observer.ended(
            self.prepared.dialect.name,
            status,
            error,
            self._first - self._began if self._first is not None else None,
            (spent.input_tokens, spent.output_tokens),
            spent.estimated,
        )
        entry = self.prepared.known.closed(closing)
        journal = self._parts.journal

        def note(durable: asyncio.Future[None]) -> None:
            # What was not opened cannot be closed: the chain would not verify.
            if not durable.cancelled() and durable.exception() is None:
                journal.note(entry)

        if self._durable.done():
            note(self._durable)
        else:
            self._durable.add_done_callback(note)

    def _spend(self, *, complete: bool) -> spending.Spent:
        """Count what the provider bills: nothing for a call that it refused."""
        if self.response is None or self.response.status != 200:
            return spending.NOTHING
        prepared = self.prepared
        spent = spending.spent(
            self.outcome,
            complete=complete,
            sent=len(prepared.body),
            # An answer in figures (a vector of a text) is no text: nobody bills its length.
            received=self._bytes if prepared.dialect.restores else 0,
            events=self._events if prepared.streamed else 0,
        )
        snapshot, caller = self._parts.directory.snapshot(), prepared.known.caller
        self._parts.limits.spend(snapshot, caller, self.provider, prepared.route.model, spent)
        return spent

    def _answer(self) -> aiohttp.ClientResponse:
        if self.response is None:
            raise GatewayError("EG-4008", provider=self.provider.name)
        return self.response
