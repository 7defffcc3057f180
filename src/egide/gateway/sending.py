"""Sends a prepared request to its provider, or else to those that may replace it, one after the other.

For each provider the policy is decided again and the request masked anew. Each one that is sent to is in the
journal before anything of its answer may be released: the first in ``opened``, the others in ``moved``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from functools import partial

import aiohttp

from egide.errors import EgideError, GatewayError
from egide.gateway.breaker import Attempt
from egide.gateway.parts import Parts
from egide.gateway.preparing import Prepared, prepare_again
from egide.gateway.routing import Route, alternatives
from egide.gateway.trying import PAUSE_SECONDS, NoAnswerError, elsewhere, pause_before, trouble, trouble_of
from egide.policy import Provider
from egide.policy.network import address_of, headers_of
from egide.ports import Trouble


class Sending:
    """One request on its way. ``prepared`` is what was sent last, or is to be sent first.

    ``tried`` counts the providers that were sent to, ``calls`` all calls. ``durable`` is done once the
    exchange is in the journal; None: nothing was sent.
    """

    def __init__(self, parts: Parts, prepared: Prepared, given: Mapping[bytes, bytes]) -> None:
        self._parts, self._given = parts, given
        self._first = self.prepared = prepared
        self.tried = self.calls = 0
        self.trouble: Trouble = "silent"  # what befell the provider asked for, once another answers
        self.durable: asyncio.Future[None] | None = None
        self.attempt: Attempt | None = None
        self._held: aiohttp.ClientResponse | None = None

    @property
    def moved(self) -> bool:
        """Whether another provider than the one asked for is sent to."""
        return self.prepared is not self._first

    @property
    def asked(self) -> Provider:
        """The provider asked for."""
        return self._first.route.provider

    async def run(self) -> aiohttp.ClientResponse:
        """The head of an answer, all records durable. Raises GatewayError EG-4008, EG-4030 to EG-4033, or
        JournalError EG-5001."""
        problem: EgideError | None = None
        for way in self._ways():
            prepared = await self._admitted(way)
            if prepared is None:
                problem = problem or self._left_alone(way)
                self._befell(way, "resting")
                continue
            written = await self._record(prepared)
            try:
                response = await self._ask(prepared, written)
            except NoAnswerError as failure:
                problem = failure
                self._befell(way, trouble(failure))
                self._failed()
            else:
                self._hold(response)
                await asyncio.shield(written)
                if not elsewhere(response):
                    return response
                self._befell(way, trouble_of(response))
        if self._held is not None and self.tried == 1:
            return self._held
        self.close()
        if problem is None or self.tried > 1:
            problem = GatewayError("EG-4030", count=self.tried)
        if self.durable is None:
            await self._parts.journal.write(self._first.known.refused(problem.code))
        raise problem

    def close(self) -> None:
        """Let go of an answer that nobody will read."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def _ways(self) -> Iterator[Route]:
        yield self._first.route
        if self._first.asked.again is not None:
            yield from alternatives(self._first.asked.snapshot, self._first.route)

    async def _admitted(self, way: Route) -> Prepared | None:
        """The request for this provider; None when it is left alone, or when the policy refuses."""
        attempt = self._parts.breakers.admit(way.provider)
        if attempt is None:
            return None
        self.attempt = attempt
        if way is self._first.route:
            return self._first
        prepared = await prepare_again(self._parts, self._first, way)
        if prepared is None:
            attempt.let_go()
        return prepared

    async def _record(self, prepared: Prepared) -> asyncio.Future[None]:
        """Begin to write that this provider is sent to."""
        self.prepared, self.tried = prepared, self.tried + 1
        journal = self._parts.journal
        if self.durable is None:
            written = self.durable = journal.write(prepared.opened)
        else:
            await asyncio.shield(self.durable)
            assert isinstance(prepared.body, bytes)  # noqa: S101 - nothing larger may go elsewhere
            written = journal.write(prepared.known.moved(prepared.body, tried=self.tried))
        self._keep_values(prepared)
        return written

    def _keep_values(self, prepared: Prepared) -> None:
        """Have the vault keep the values issued now, save those that it was given lately, and those of
        exchanges for which nothing will ever be put back; and which values a conversation knows whose text
        the provider alone will have."""
        if not prepared.dialect.restores:
            return
        session, saved = prepared.session, self._parts.saved
        if codes := saved.missing(session.scope_id, session.fresh):
            saved.add(session.scope_id, codes)
            self._parts.journal.keep(partial(session.sealed, codes))
        if prepared.dialect.stateful and session.note:
            thread = session.thread(prepared.keys.thread)
            self._parts.journal.keep(lambda: [thread])

    async def _ask(self, prepared: Prepared, written: asyncio.Future[None]) -> aiohttp.ClientResponse:
        """Call this provider, twice at most: the second time only once the first is in the journal."""
        try:
            response = await self._call(prepared)
        except NoAnswerError as failure:
            if not failure.unsent:
                raise
            await asyncio.shield(written)
            await asyncio.sleep(PAUSE_SECONDS)
            return await self._call(prepared)
        pause = pause_before(response)
        if pause is None:
            return response
        response.close()
        await asyncio.shield(written)
        await asyncio.sleep(pause)
        return await self._call(prepared)

    async def _call(self, prepared: Prepared) -> aiohttp.ClientResponse:
        self.calls += 1
        dialect, way = prepared.dialect, prepared.route
        model = way.model if "model" in dialect.request.fields else ""
        return await self._parts.upstream.post(
            way.provider,
            address_of(way.provider, dialect.upstream(way.provider), model),
            {
                **headers_of(way.provider, dialect.headers(way.provider, self._given)),
                "content-type": prepared.content_type,
            },
            prepared.body,
        )

    def _hold(self, response: aiohttp.ClientResponse) -> None:
        self.close()
        self._held = response
        if response.status >= 500:
            self._failed()
        elif self.attempt is not None:
            self.attempt.answered()

    def _failed(self) -> None:
        if self.attempt is not None:
            self.attempt.failed()

    def _befell(self, way: Route, trouble: Trouble) -> None:
        if way is self._first.route:
            self.trouble = trouble

    def _left_alone(self, way: Route) -> GatewayError | None:
        """The error when the provider asked for is left alone. Another one that is has none of its own."""
        if way is not self._first.route:
            return None
        health = self._parts.breakers.health(way.provider)
        return GatewayError("EG-4031", provider=way.provider.name, seconds=max(1, round(health.wait_seconds)))
