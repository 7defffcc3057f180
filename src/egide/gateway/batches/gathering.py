"""Requests masked one after another, as each would be alone, and written where they wait to leave."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import orjson

from egide.errors import EgideError, GatewayError
from egide.gateway.batches import kept
from egide.gateway.batches.line import Request
from egide.gateway.batches.owner import Owner
from egide.gateway.batches.spool import Spool
from egide.gateway.batches.tally import Tally
from egide.gateway.fields import wrong
from egide.gateway.identifiers import part_of
from egide.gateway.preparing import Asked, Prepared, Refusal, prepare_part
from egide.gateway.records import Known
from egide.gateway.routing import Route

_MOST_REFUSED: Final = 20
_MOST_UNWRITTEN: Final = 128
_LONGEST_PAUSE: Final = 0.02
_POLITE_SECONDS: Final = 2.0  # after another exchange was seen
# A limit that is reached, the journal that fails.
_OF_THE_WHOLE: Final = frozenset({"EG-4040", "EG-4041", "EG-4042", "EG-5001"})


class Gathering:
    """``word`` is what one of the requests is called in French; ``busy`` tells whether there are other
    exchanges. Used by one task."""

    def __init__(self, owner: Owner, known: Known, spool: Spool, word: str, busy: Callable[[], bool]) -> None:
        self._owner, self._spool, self._word, self._busy = owner, spool, word, busy
        self.known = known
        self.thread = ""
        self.route: Route | None = None  # of all of them
        self.began = time.time()
        self._path = self._url = ""
        self._names: dict[bytes, int] = {}
        self._refused: list[tuple[int, EgideError]] = []
        self._tally = Tally()
        self._unwritten = 0
        self._polite_until = 0.0

    @property
    def full(self) -> bool:
        """So many are refused that the others are not read."""
        return len(self._refused) >= _MOST_REFUSED

    @property
    def longest(self) -> int:
        """How long one of them may be, in bytes."""
        return self._owner.parts.settings.max_request_bytes

    @property
    def masked(self) -> dict[str, int]:
        """How many values of each label are hidden."""
        return self._tally.masked

    async def add(self, number: int, request: Request, beside: Sequence[tuple[str, str]] = ()) -> None:
        """Mask one more; a refusal is kept for ``finish``. Raises EgideError when it is of the whole."""
        most = self._owner.parts.settings.max_batch_lines
        if self._tally.lines >= most:
            raise GatewayError("EG-4060", what=f"plus de {most} demandes", limit=most)
        began = time.perf_counter()
        try:
            self._check(number, request)
            prepared = await self._prepared(request, beside)
            self._same(request, prepared)
        except Refusal as refusal:
            self._tally.add(refusal.known)
            self.refuse(number, refusal.problem)
        except EgideError as problem:
            if problem.code in _OF_THE_WHOLE:
                raise
            self.refuse(number, problem)
        else:
            self._tally.add(prepared.known)
            await self._write(request, prepared)
        # Nobody waits for one request of a batch: other exchanges have the loop for as long as it had.
        now = time.perf_counter()
        if self._busy():
            self._polite_until = now + _POLITE_SECONDS
        await asyncio.sleep(min(now - began, _LONGEST_PAUSE) if now < self._polite_until else 0)

    def refuse(self, number: int, problem: EgideError) -> None:
        """This one refuses them all."""
        self._tally.lines += 1
        self._refused.append((number, problem))

    async def finish(self) -> Known:
        """The record of the whole, everything written, its values in the vault. A refusal is journalled, then
        raised: GatewayError EG-4061."""
        await self._spool.flush()
        if self._refused or self.route is None:
            problem = self._problem() if self._refused else wrong("file")
            await self.journal_refusal(problem)
            raise problem
        kept.keep(self._owner, self.thread, self.lot)
        await self._owner.parts.journal.flush()
        return self._whole()

    async def journal_refusal(self, problem: EgideError) -> None:
        """Nothing left."""
        await self._owner.parts.journal.write(self._whole().refused(problem.code))

    def _whole(self) -> Known:
        self._tally.refused = len(self._refused)
        return replace(self.known, route=self.route, counts=self._tally.counts)

    @property
    def lot(self) -> kept.Lot:
        """What is remembered of them."""
        model = self.route.model if self.route is not None else ""
        return kept.Lot(self._path, model, self._tally.lines, self._spool.size, self.began)

    def _check(self, number: int, request: Request) -> None:
        digest = hashlib.blake2b(request.name.encode("utf-8", "surrogatepass"), digest_size=12).digest()
        first = self._names.setdefault(digest, number)
        if first != number:
            raise GatewayError("EG-4062", line=first)

    async def _prepared(self, request: Request, beside: Sequence[tuple[str, str]]) -> Prepared:
        owner = self._owner
        named = (("custom_id", request.name), *beside)
        asked = Asked(
            owner.snapshot, owner.caller, request.dialect, request.body, owner.conversation, beside=named
        )
        return await prepare_part(owner.parts, asked, self.known)

    def _same(self, request: Request, prepared: Prepared) -> None:
        """All go to one address, and to one model: what they cost is counted at its price."""
        if prepared.streamed:
            raise wrong("stream")
        if self.route is None:
            provider = prepared.route.provider
            # What a limit refuses already is refused before the rest is read.
            self._owner.parts.limits.check(self._owner.snapshot, self._owner.caller, provider)
            self.route, self._path, self._url = prepared.route, request.dialect.path, request.url
            self.thread = self._owner.keys.threaded(self.known.exchange, provider.id).thread
            kept.begin(self._owner, self.thread)
        if request.url != self._url:
            raise GatewayError("EG-4069", field="url")
        way = prepared.route
        if (way.provider.id, way.model) != (self.route.provider.id, self.route.model):
            raise GatewayError("EG-4069", field="model")

    async def _write(self, request: Request, prepared: Prepared) -> None:
        assert isinstance(prepared.body, bytes)  # noqa: S101 - one request is no larger
        name = orjson.dumps(request.name)
        if request.url:
            head = b'{"custom_id":%s,"method":"POST","url":%s,"body":' % (name, orjson.dumps(request.url))
            piece = head + prepared.body + b"}\n"
        else:
            piece = b"," * bool(self._tally.lines) + b'{"custom_id":%s,"params":%s}' % (name, prepared.body)
        self._tally.lines += 1
        await self._spool.write(piece)
        if prepared.dialect.restores and (prepared.session.note or prepared.clear):
            part = part_of(self.thread, request.name)
            kept.keep_values(self._owner, part, prepared.session, prepared.clear)
            self._unwritten += 1
            if self._unwritten >= _MOST_UNWRITTEN:
                self._unwritten = 0
                await self._owner.parts.journal.flush()

    def _problem(self) -> GatewayError:
        told = " ; ".join(
            f"{self._word} {at} ({one.code}) : {one.title.rstrip('.')}" for at, one in self._refused
        )
        more = " (et peut-être d'autres)" if self.full else ""
        return GatewayError("EG-4061", count=len(self._refused), more=more, lines=told)
