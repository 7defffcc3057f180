"""What a trace tells of an exchange, when somebody asked for traces."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from egide.gateway.dialect import Outcome
from egide.gateway.failures import place_of
from egide.gateway.identifiers import opaque
from egide.gateway.limits.spending import Spent
from egide.gateway.preparing import Prepared
from egide.ports import Trace, Tracer

logger = logging.getLogger(__name__)
Headers = Mapping[bytes, bytes]


def ended(
    tracer: Tracer,
    prepared: Prepared,
    given: Headers,
    outcome: Outcome,
    spent: Spent,
    status: str,
    error: str | None,
    upstream_status: int | None,
) -> None:
    """An exchange that was prepared ended."""
    known, way = prepared.known, prepared.route
    _tell(
        tracer,
        Trace(
            dialect=prepared.dialect.name,
            kind=prepared.dialect.kind,
            status=status,
            error=error,
            began=prepared.asked.began,
            ended=time.time_ns(),
            parent=_parent(given),
            exchange=known.exchange,
            provider=opaque(way.provider.id),
            trust=way.provider.trust.value,
            model=opaque(way.model),
            upstream_status=upstream_status,
            input_tokens=spent.input_tokens,
            output_tokens=spent.output_tokens,
            estimated=spent.estimated,
            finish=opaque(outcome.finish) if outcome.finish is not None else "",
            masked=sum(known.masked.values()),
        ),
    )


def refused(tracer: Tracer, dialect: str, kind: str, code: str, given: Headers, began: int) -> None:
    """Nothing left."""
    parent = _parent(given)
    _tell(tracer, Trace(dialect, kind, "refused", code, began, time.time_ns(), parent))


def _tell(tracer: Tracer, trace: Trace) -> None:
    try:
        tracer.exchange(trace)
    except Exception as failure:  # nobody's exchange fails for a trace
        logger.error("exchange not traced: %s", place_of(failure))


def _parent(given: Headers) -> str:
    return given.get(b"traceparent", b"")[:100].decode("latin-1")
