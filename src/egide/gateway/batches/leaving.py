"""Sends what was gathered as one exchange: in the journal before it leaves, its values in the vault."""

from __future__ import annotations

from egide.gateway.answering import Answering
from egide.gateway.batches.call import Call
from egide.gateway.batches.gathering import Gathering
from egide.gateway.batches.spool import Spool
from egide.gateway.dialect import Dialect
from egide.gateway.exchanging import Exchange
from egide.gateway.limits.spending import Spent
from egide.gateway.preparing import Asked, Prepared
from egide.gateway.records import Known
from egide.gateway.routing import Route
from egide.journal import Entry
from egide.policy.limits import Share

_BYTES_PER_TOKEN = 4


async def leave(
    call: Call,
    gathering: Gathering,
    known: Known,
    dialect: Dialect,
    spool: Spool,
    content_type: str = "application/json",
    limit: Share | None = None,
) -> None:
    """Send ``spool`` and give the provider's answer to the caller."""
    owner, route = call.owner, gathering.route
    assert route is not None  # noqa: S101 - ``Gathering.finish`` saw to it
    opened = known.opened(b"", streamed=False, kept=0, hidden=0)
    told = {"request_hash": spool.digest, "request_bytes": spool.size}
    prepared = Prepared(
        known=known,
        dialect=dialect,
        route=route,
        session=owner.session(),
        keys=owner.keys,
        body=spool,
        content_type=content_type,
        text_bytes=0,  # what its requests use is counted when the batch begins
        streamed=False,
        plain=False,
        structured=False,
        opened=Entry(opened.kind, opened.exchange, opened.at, {**opened.details, **told}),
        asked=Asked(owner.snapshot, owner.caller, dialect, {}, owner.conversation, route=route),
        sent=(),
        limit=limit,
    )
    await Answering(Exchange(owner.parts, prepared, call.given), call.send).run(call.receive)


def spend(call: Call, route: Route, size: int) -> None:
    """Count what the requests of a batch use, as soon as it begins: an estimate, marked as one. What the
    answers use is counted when they are read."""
    tokens, owner = -(-size // _BYTES_PER_TOKEN), call.owner
    used = Spent(tokens, 0, tokens)
    owner.parts.limits.spend(owner.snapshot, owner.caller, route.provider, route.model, used)
