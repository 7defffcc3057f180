"""Spans sent by the OpenTelemetry libraries (extra ``otel``): see ``server.tracing``."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from egide.ports import Trace
from egide.server.tracing import attributes, operation

_FINE: Final = frozenset({"complete", "abandoned"})
_LAST_SECONDS: Final = 3.0


class Spans:
    """Implements ``ports.Tracer``. A thread of the library's own sends: who ends an exchange never waits,
    and what the collector does not take is lost."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        named = "OTEL_SERVICE_NAME" in environ or "service.name" in environ.get(
            "OTEL_RESOURCE_ATTRIBUTES", ""
        )
        resource = Resource.create({} if named else {"service.name": "egide"})
        self._provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("egide")
        self._propagator = TraceContextTextMapPropagator()

    def exchange(self, trace: Trace) -> None:
        name = operation(trace)
        span = self._tracer.start_span(
            f"{name} {trace.model}" if trace.model else name,
            # What other systems add beside the parent (``tracestate``, ``baggage``) is not repeated.
            context=self._propagator.extract({"traceparent": trace.parent}),
            kind=SpanKind.CLIENT,
            attributes=attributes(trace),
            start_time=trace.began,
        )
        if trace.status not in _FINE:
            span.set_status(Status(StatusCode.ERROR, trace.error or trace.status))
        span.end(trace.ended)

    def close(self) -> None:
        """Send what waits, for a moment at most: the library would insist for half a minute."""
        closing = threading.Thread(target=self._provider.shutdown, daemon=True)
        closing.start()
        closing.join(_LAST_SECONDS)
