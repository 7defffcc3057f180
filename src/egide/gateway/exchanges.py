"""The gateway as the Assistant uses it: the same walk, analysis, policy, masking and journal as the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence

from egide.errors import EgideError, GatewayError
from egide.gateway import masking
from egide.gateway.dialect import Conversation
from egide.gateway.dialects import by_kind
from egide.gateway.exchanging import Exchange
from egide.gateway.parts import Parts
from egide.gateway.preparing import Asked, prepare
from egide.gateway.routing import Route, provider_of, unknown
from egide.gateway.slots import Slot
from egide.gateway.sse import EventParser
from egide.policy import Caller, Provider
from egide.ports import Adjustments, Delta, Preview, Turn
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
        limit = self._parts.limits.nearest(snapshot, caller, chosen)
        return Preview(judged.decision, session.mask(text, judged.hidden[0]), limit)

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
        body = dialect.ask(turns, way.model)
        asked = Asked(snapshot, caller, dialect, body, conversation, "assistant", adjustments, way)
        try:
            prepared = await prepare(self._parts, asked)
        except EgideError as problem:
            self._parts.observer.refused(dialect.name, problem.code)
            raise
        exchange = Exchange(self._parts, prepared, {})
        status, error = "abandoned", None
        try:
            async for delta in _deltas(exchange, dialect):
                yield delta
            status = "complete"
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


async def _deltas(exchange: Exchange, dialect: Conversation) -> AsyncIterator[Delta]:
    prepared, name = exchange.prepared, exchange.provider.name
    response = await exchange.send()
    if response.status != 200:
        raise GatewayError("EG-4009", provider=name, status=response.status)
    if response.content_type != "text/event-stream":
        raise GatewayError("EG-4010", provider=name)
    reader = dialect.stream(prepared.session, prepared.keys)
    exchange.outcome = reader.outcome
    parser = EventParser()
    async for chunk in exchange.chunks():
        try:
            deltas = [delta for event in parser.feed(chunk) for delta in reader.deltas(event)]
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


def _model(provider: Provider, wanted: str | None) -> str:
    """The model asked for, or the provider's first. Raises GatewayError EG-4007."""
    if wanted and (wanted in provider.models or not provider.models):
        return wanted
    if wanted or not provider.models:
        raise unknown(wanted or "?")
    return provider.models[0]
