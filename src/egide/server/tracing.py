"""Traces for OpenTelemetry: one span an exchange, with numbers and names of our own, no content, no person.

Off unless the standard variables ask for it (``OTEL_EXPORTER_OTLP_ENDPOINT``…), by the library's own reading
of them. Names are those of the semantic conventions for generative AI.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Final, Protocol

from egide.errors import SettingsError
from egide.ports import Trace, Tracer

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_SPOKEN: Final = "http/protobuf"


class Closing(Tracer, Protocol):
    """A tracer that has threads and connections."""

    def close(self) -> None:
        """Send what waits, for a moment at most."""


def tracing(environ: Mapping[str, str]) -> Closing | None:
    """The tracer that the environment asks for, or None.

    Raises SettingsError EG-7005 when the libraries are not installed, EG-7001 for a protocol that is not
    spoken.
    """
    if not asked(environ):
        return None
    check_installed(environ)
    from egide.server.spans import Spans

    return Spans(environ)


def check_installed(environ: Mapping[str, str]) -> None:
    """Raise the same errors, and start nothing."""
    if not asked(environ):
        return
    protocol = next((environ[name] for name in _PROTOCOLS if environ.get(name)), _SPOKEN)
    if protocol != _SPOKEN:
        name = next(name for name in _PROTOCOLS if environ.get(name))
        raise SettingsError("EG-7001", name=name, reason=f"seul « {_SPOKEN} » est possible.")
    try:
        importlib.import_module("egide.server.spans")
    except ModuleNotFoundError:
        raise SettingsError("EG-7005", part="traces OpenTelemetry", extra="otel") from None


def asked(environ: Mapping[str, str]) -> bool:
    """Whether traces are to be sent."""
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    if environ.get("OTEL_TRACES_EXPORTER", "otlp").strip() not in ("", "otlp"):
        return False
    return any(environ.get(name, "").strip() for name in ENDPOINTS)


def attributes(trace: Trace) -> dict[str, str | int | tuple[str, ...]]:
    """What a span says of an exchange: what is not known is left out."""
    told: dict[str, str | int | tuple[str, ...] | None] = {
        "gen_ai.operation.name": operation(trace),
        "gen_ai.system": trace.kind,
        "gen_ai.provider.name": trace.kind,
        "gen_ai.request.model": trace.model,
        "gen_ai.usage.input_tokens": trace.input_tokens,
        "gen_ai.usage.output_tokens": trace.output_tokens,
        "gen_ai.response.finish_reasons": (trace.finish,) if trace.finish else None,
        "error.type": trace.error,
        "http.response.status_code": trace.upstream_status,
        "egide.dialect": trace.dialect,
        "egide.exchange": trace.exchange,
        "egide.provider": trace.provider,
        "egide.trust": trace.trust,
        "egide.status": trace.status,
        "egide.masked": trace.masked,
        "egide.estimated_tokens": trace.estimated or None,
    }
    return {name: value for name, value in told.items() if value is not None and value != ""}


def operation(trace: Trace) -> str:
    """What is done there, by its name in the conventions where they have one."""
    return _OPERATIONS.get(trace.dialect, trace.dialect)


_OPERATIONS: Final = {
    "openai-chat": "chat",
    "openai-responses": "chat",
    "anthropic-messages": "chat",
    "openai-completions": "text_completion",
    "openai-embeddings": "embeddings",
}
