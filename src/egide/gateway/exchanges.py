"""The gateway as the Assistant uses it: the same walk, analysis, policy, masking and journal as the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial

from egide.checks import AnswerChecks, Cleaner, Origin, Response
from egide.detection import Finding
from egide.errors import EgideError, GatewayError
from egide.gateway import masking, tracing
from egide.gateway.dialect import Conversation, SpokenReader
from egide.gateway.dialects import by_kind
from egide.gateway.exchanging import Exchange
from egide.gateway.parts import Parts
from egide.gateway.preparing import Asked, prepare
from egide.gateway.routing import Route, provider_of, unknown
from egide.gateway.screening import response
from egide.gateway.slots import Slot
from egide.gateway.sse import Event, EventParser
from egide.gateway.warnings import warned
from egide.gateway.withholding import read_apart
from egide.policy import Caller, Provider
from egide.ports import Adjustments, Delta, Health, Preview, Turn
from egide.pseudonymisation import Pseudonymiser, Scope


class GatewayExchanges:
    """Implements ``ports.Exchanges``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def preview(self, caller: Caller, provider: str, text: str, adjustments: Adjustments) -> Preview:
        """See ``ports.Exchanges``. May be called from any thread."""
        snapshot = self._parts.directory.snapshot()
        chosen = provider_of(snapshot.providers, provider)
        slot = Slot("", text, lambda masked: None)
        found = [list(findings) for findings in self._parts.analyst.find(snapshot, [text])]
        judged = masking.judge(snapshot.policy, caller, chosen, [slot], found, adjustments)
        # A scope of its own, and no store: what is shown here can neither be linked nor restored later.
        scope = Scope(snapshot.company, caller.person.id, caller.usage.id, "preview")
        session = Pseudonymiser(self._parts.keyring).session(scope)
        passages = self._parts.screener.find(text, Origin.PERSON)
        settings = snapshot.policy.document.checks
        responses = [response(settings, passage) for passage in passages]
        strict = {0: [p for p, r in zip(passages, responses, strict=True) if r is not Response.WARN]}
        shown = [text]
        masking.mask(session, [Slot("", text, lambda masked: shown.append(masked))], judged, strict)
        return Preview(
            judged.decision,
            shown[-1],
            limit=self._parts.limits.nearest(snapshot, caller, chosen),
            warnings=warned(passages, responses),
            refused=Response.REFUSE in responses,
        )

    def recognise(self, text: str) -> Sequence[Finding]:
        """See ``ports.Exchanges``. May be called from any thread."""
        return self._parts.analyst.find(self._parts.directory.snapshot(), [text])[0]

    async def answer(
        self,
        caller: Caller,
        provider: str,
        turns: Sequence[Turn],
        *,
        model: str | None,
        conversation: str,
        adjustments: Adjustments,
    ) -> AsyncIterator[Delta]:
        """See ``ports.Exchanges``. Closing the iterator cuts the call at once."""
        snapshot = self._parts.directory.snapshot()
        chosen = provider_of(snapshot.providers, provider)
        dialect = by_kind(chosen.kind)
        way = Route(chosen, _model(chosen, model), declared=True)
        ask = partial(dialect.ask, turns, way.model)
        asked = Asked(snapshot, caller, dialect, ask(), conversation, "assistant", adjustments, way, ask)
        try:
            prepared = await prepare(self._parts, asked)
        except EgideError as problem:
            self._parts.observer.refused(dialect.name, problem.code)
            if self._parts.tracer is not None:
                began = asked.began
                tracing.refused(self._parts.tracer, dialect.name, dialect.kind, problem.code, {}, began)
            raise
        exchange = Exchange(self._parts, prepared, {})
        status, error = "abandoned", None
        try:
            cleaner, given = Cleaner(), list[str]()
            async for delta in _cleaned(_deltas(exchange, dialect), cleaner):
                given.append(delta.text)
                yield delta
            status = "complete"
            checks = await asyncio.shield(exchange.review(lambda: "".join(given), asked=True))
            withheld = exchange.withheld
            if checks is not None or withheld:
                checks = replace(checks or AnswerChecks(), removed=cleaner.removed, withheld_counts=withheld)
                yield Delta("", checks=checks)
        except EgideError as problem:
            status, error = ("cut" if problem.code == "EG-4011" else "failed"), problem.code
            raise
        except asyncio.CancelledError:
            raise
        except Exception:
            status, error = "failed", "EG-4017"
            raise
        finally:
            exchange.close(status, error)

    def models(self, provider: str) -> Collection[str]:
        """See ``ports.Exchanges``."""
        return provider_of(self._parts.directory.snapshot().providers, provider).models

    def warnings(self) -> Sequence[EgideError]:
        """See ``ports.Exchanges``."""
        problem = self._parts.limits.problem
        return [problem] if problem is not None else []

    def health(self) -> Mapping[str, Health]:
        """See ``ports.Exchanges``."""
        providers = self._parts.directory.snapshot().providers
        return {provider.id: self._parts.breakers.health(provider) for provider in providers}


async def _cleaned(deltas: AsyncIterator[Delta], cleaner: Cleaner) -> AsyncIterator[Delta]:
    """What the model wrote, without what could act; the person's own values as they are."""
    async for delta in deltas:
        if delta.moved is not None:
            yield delta
            continue
        if delta.label is None:
            if text := cleaner.feed(delta.text):
                yield Delta(text)
            continue
        if held := cleaner.close():
            yield Delta(held)
        yield delta
    if held := cleaner.close():
        yield Delta(held)


async def _deltas(exchange: Exchange, dialect: Conversation) -> AsyncIterator[Delta]:
    response = await exchange.send()
    prepared, name = exchange.prepared, exchange.provider.name
    if response.status != 200:
        raise GatewayError("EG-4009", provider=name, status=response.status)
    if response.content_type != "text/event-stream":
        raise GatewayError("EG-4010", provider=name)
    if exchange.moved:
        yield Delta("", moved=exchange.move)
    reader = dialect.stream(prepared.session, prepared.keys)
    exchange.outcome = reader.outcome
    parser = EventParser()
    async for chunk in exchange.chunks():
        try:
            read = partial(_read, reader, parser.feed(chunk))
            deltas = await read_apart(prepared.session, len(chunk), read)
        except (ValueError, TypeError, AttributeError):
            raise GatewayError("EG-4010", provider=name) from None
        for delta in deltas:
            yield delta
        if reader.ended or reader.failed:
            break
    if reader.failed:
        raise GatewayError("EG-4009", provider=name, status="flux")
    if not reader.ended:
        raise GatewayError("EG-4011", provider=name)


def _read(reader: SpokenReader, events: Sequence[Event]) -> list[Delta]:
    return [delta for event in events for delta in reader.deltas(event)]


def _model(provider: Provider, wanted: str | None) -> str:
    """The model asked for, or the provider's first. Raises GatewayError EG-4007."""
    if wanted and (wanted in provider.models or not provider.models):
        return wanted
    if wanted or not provider.models:
        raise unknown(wanted or "?")
    return provider.models[0]
