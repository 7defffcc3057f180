"""One exchange on its way: the record opened beside the call, and closed once, however it ends."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Final

import aiohttp

from egide.checks import AnswerChecks, Unsent
from egide.errors import GatewayError
from egide.gateway import checks_header, tracing
from egide.gateway.dialect import Outcome
from egide.gateway.limits import spending
from egide.gateway.parts import Parts
from egide.gateway.preparing import Prepared
from egide.gateway.records import Closing
from egide.gateway.sending import Sending
from egide.gateway.withholding import Withholding
from egide.policy import Provider
from egide.ports import Moved
from egide.pseudonymisation import NOTE

_DRAIN_SECONDS: Final = 0.05


class Exchange:
    """Sends a prepared request. Every use ends by ``close``."""

    def __init__(self, parts: Parts, prepared: Prepared, given: Mapping[bytes, bytes]) -> None:
        self._parts, self._given = parts, given
        self._sending = Sending(parts, prepared, given)
        self.outcome = Outcome()
        self.response: aiohttp.ClientResponse | None = None
        self._began = time.perf_counter()
        self._first: float | None = None
        self._hash = hashlib.sha256()
        self._bytes = 0
        self._events = 0
        self._review: asyncio.Task[AnswerChecks | None] | None = None
        self._withholding: Withholding | None = None
        self._closed = False

    @property
    def prepared(self) -> Prepared:
        """What was sent last: another provider than the first may have been asked."""
        return self._sending.prepared

    @property
    def provider(self) -> Provider:
        """The one that answers."""
        return self.prepared.route.provider

    @property
    def moved(self) -> bool:
        """Whether another provider than the one asked for answers."""
        return self._sending.moved

    @property
    def move(self) -> Moved | None:
        """How another provider came to answer, if one does."""
        return Moved(self._sending.asked, self.provider, self._sending.trouble) if self.moved else None

    @property
    def wants_checks(self) -> bool:
        """Whether the caller asked to wait for the checks of the answer."""
        return self._given.get(checks_header.NAME, b"").strip().lower() == checks_header.ASKED

    @property
    def id(self) -> str:
        """The name of the exchange in the journal."""
        return self.prepared.known.exchange

    async def send(self) -> aiohttp.ClientResponse:
        """The head of a provider's answer, once the records are durable: from here on, bytes may be
        released. Raises GatewayError (EG-4008, EG-4030 to EG-4033) or JournalError EG-5001."""
        self.response = await self._sending.run()
        self._withhold()
        return self.response

    @property
    def withheld(self) -> dict[str, int]:
        """How many values of each label, that nobody sent, were taken out of the answer so far."""
        return dict(self._withholding.counts) if self._withholding is not None else {}

    def _withhold(self) -> None:
        """What is restored from now on goes without what nobody sent, if the policy says so."""
        prepared = self.prepared
        snapshot = prepared.asked.snapshot
        if prepared.dialect.heard:
            return  # the caller's voice said what no text held
        if prepared.dialect.restores and snapshot.policy.document.checks.unsent is Unsent.MASK:
            self._withholding = Withholding(
                self._parts.analyst,
                snapshot,
                # A model may repeat what we told it: no value is in that.
                (*prepared.sent, NOTE, *prepared.session.issued),
                structured=prepared.structured,
            )
            prepared.session.read_by(self._withholding.reader)

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

    def review(self, texts: Callable[[], str], *, asked: bool) -> asyncio.Task[AnswerChecks | None]:
        """Read the finished answer, off the event loop. The closing record waits for it, and nobody else
        has to: a caller who leaves does not stop it. ``texts`` is called there too."""
        prepared = self.prepared
        self._review = self._parts.reviewer.begin(prepared.asked.snapshot, texts, prepared.sent, asked=asked)
        return self._review

    def close(self, status: str, error: str | None = None) -> None:
        """Write how it ended, and let the connection go: kept when read to its end, else cut at once."""
        if self._closed:
            return
        self._closed = True
        self._tell_breaker(status)
        if self.response is not None:
            self.response.close() if not self.response.content.is_eof() else self.response.release()
        else:
            self._sending.close()
        opened = self._sending.durable
        spent = self._spend(complete=status == "complete")
        self._trace(status, error, spent)
        if opened is None:
            return
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
            tried=self._sending.tried,
            calls=self._sending.calls,
            withheld=self.withheld,
        )
        self._parts.observer.ended(
            self.prepared.dialect.name,
            status,
            error,
            self._first - self._began if self._first is not None else None,
            (spent.input_tokens, spent.output_tokens),
            spent.estimated,
        )

        def note(durable: asyncio.Future[None]) -> None:
            # What was not opened cannot be closed: the chain would not verify.
            if not durable.cancelled() and durable.exception() is None:
                self._note(closing)

        if opened.done():
            note(opened)
        else:
            opened.add_done_callback(note)

    def _trace(self, status: str, error: str | None, spent: spending.Spent) -> None:
        if self._parts.tracer is not None:
            answered = self.response.status if self.response is not None else None
            told = (self.prepared, self._given, self.outcome, spent, status, error, answered)
            tracing.ended(self._parts.tracer, *told)

    def _tell_breaker(self, status: str) -> None:
        attempt = self._sending.attempt
        if attempt is None:
            return
        if status == "cut":
            attempt.failed()
        elif status == "complete" or (self.response is not None and 400 <= self.response.status < 500):
            attempt.completed()
        else:
            attempt.let_go()

    def _spend(self, *, complete: bool) -> spending.Spent:
        """Count what the provider bills: nothing for a call that it refused."""
        if self.response is None or self.response.status != 200:
            return spending.NOTHING
        prepared = self.prepared
        spent = spending.spent(
            self.outcome,
            complete=complete,
            sent=prepared.text_bytes,
            # An answer in figures (a vector of a text) is no text: nobody bills its length.
            received=self._bytes if prepared.dialect.restores else 0,
            events=self._events if prepared.streamed else 0,
        )
        snapshot, caller = self._parts.directory.snapshot(), prepared.known.caller
        self._parts.limits.spend(snapshot, caller, self.provider, prepared.route.model, spent)
        return spent

    def _note(self, closing: Closing) -> None:
        """Write the end, with what the review of the answer says."""

        def write(review: asyncio.Task[AnswerChecks | None] | None) -> None:
            if review is not None and not review.cancelled():
                closing.checks = review.result()
            self._parts.journal.note(self.prepared.known.closed(closing))

        if self._review is None or self._review.done():
            write(self._review)
        else:
            self._review.add_done_callback(write)

    def _answer(self) -> aiohttp.ClientResponse:
        if self.response is None:
            raise GatewayError("EG-4008", provider=self.provider.name)
        return self.response
