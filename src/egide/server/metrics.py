"""``GET /metrics`` in the text format of Prometheus: numbers, names of our own, never a value nor a person.

Off unless asked for. Only for who asks from this machine, or with the token of the settings; for anybody
else the address does not exist. With several processes, the library adds up what each has written.
"""

from __future__ import annotations

import asyncio
import hmac
import math
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from starlette.requests import Request
from starlette.responses import Response

from egide.detection.labels import LABELS
from egide.errors import SettingsError
from egide.gateway.journalling import JournalState
from egide.server.health import JOURNAL
from egide.settings import Settings

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SHORTEST_TOKEN: Final = 16
_LOOK_SECONDS: Final = 1.0
_SECONDS: Final = (0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
_LIMITS: Final = {"EG-4040": "requests", "EG-4041": "tokens", "EG-4042": "cost"}
_LOCAL_PEERS: Final = frozenset({"127.0.0.1", "::1"})
_LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# Set by whoever starts several processes, before the library is loaded.
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """Implements ``ports.Observer``."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._exchanges = Counter(
            "egide_exchanges",
            "Exchanges by dialect and outcome.",
            ["dialect", "outcome"],
            registry=registry,
        )
        self._problems = Counter(
            "egide_problems", "Refusals and failures by code.", ["code"], registry=registry
        )
        self._limits = Counter("egide_limit_refusals", "Refusals by a limit.", ["measure"], registry=registry)
        self._masked = Counter("egide_masked", "Values masked, by label.", ["label"], registry=registry)
        self._tokens = Counter("egide_tokens", "Tokens of answers.", ["direction"], registry=registry)
        self._estimated = Counter(
            "egide_estimated_tokens", "Part of the tokens that no provider told.", registry=registry
        )
        self._added = Histogram(
            "egide_added_seconds",
            "From a whole request to its leaving: analysis, decision, masking.",
            ["dialect"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._first = Histogram(
            "egide_first_byte_seconds",
            "From leaving to the first byte of the provider's answer.",
            ["dialect"],
            buckets=_SECONDS,
            registry=registry,
        )
        self._waiting = Gauge(
            "egide_journal_waiting_records",
            "Records that wait to be written.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._failing = Gauge(
            "egide_journal_failing",
            "1 when the journal's last write failed.",
            registry=registry,
            multiprocess_mode="livemax",
        )
        self._vault = Gauge(
            "egide_vault_entries",
            "Values kept in the vault.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )

    def refused(self, dialect: str, code: str) -> None:
        self._exchanges.labels(dialect, "refused").inc()
        self._problems.labels(code).inc()
        if code in _LIMITS:
            self._limits.labels(_LIMITS[code]).inc()

    def prepared(self, dialect: str, seconds: float, masked: Mapping[str, int]) -> None:
        self._added.labels(dialect).observe(seconds)
        for label, count in masked.items():
            self._masked.labels(label if label in LABELS else "OTHER").inc(count)

    def ended(
        self,
        dialect: str,
        status: str,
        code: str | None,
        first_seconds: float | None,
        tokens: tuple[int, int],
        estimated: int,
    ) -> None:
        self._exchanges.labels(dialect, status).inc()
        if code is not None:
            self._problems.labels(code).inc()
        if first_seconds is not None:
            self._first.labels(dialect).observe(first_seconds)
        for direction, count in zip(("input", "output"), tokens, strict=True):
            self._tokens.labels(direction).inc(count)
        self._estimated.inc(estimated)

    async def follow(self, journal: Callable[[], JournalState]) -> None:
        """Look at the journal each second, until cancelled: any process may answer for all."""
        while True:
            self.keeps_up(journal())
            await asyncio.sleep(_LOOK_SECONDS)

    def keeps_up(self, journal: JournalState) -> None:
        """How the journal of this process keeps up."""
        self._waiting.set(journal.waiting)
        self._failing.set(journal.failing)

    def vault(self, size: float) -> None:
        """How many values the vault holds."""
        self._vault.set(size)

    def text(self) -> bytes:
        """All of it, of all processes."""
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)
        shown: bytes = generate_latest(registry)
        return shown

    def close(self) -> None:
        """This process measures nothing any more."""
        if FOLDER in os.environ:
            multiprocess.mark_process_dead(os.getpid())


def endpoint(
    metrics: Metrics, settings: Settings, journal: Callable[[], JournalState]
) -> Callable[[Request], Awaitable[Response]]:
    """The address. Raises SettingsError EG-7001 for a token that could be guessed."""
    token = settings.metrics_token.get_secret_value() if settings.metrics_token is not None else ""
    if token and len(token) < _SHORTEST_TOKEN:
        reason = f"au moins {_SHORTEST_TOKEN} caractères sont nécessaires."
        raise SettingsError("EG-7001", name="metrics_token", reason=reason)

    async def show(request: Request) -> Response:
        if not (_is_local(request) or _has(request, token)):
            return Response(status_code=404)
        metrics.keeps_up(journal())
        metrics.vault(await sync_to_async(_vault_size)())
        return Response(metrics.text(), headers={"content-type": CONTENT_TYPE, "cache-control": "no-store"})

    return show


def _is_local(request: Request) -> bool:
    """Asked from this machine, under its own name (no page of a browser may pose as it), through no proxy."""
    peer = request.client.host if request.client is not None else ""
    forwarded = any(name == "forwarded" or name.startswith("x-forwarded-") for name in request.headers)
    return peer in _LOCAL_PEERS and request.url.hostname in _LOCAL_NAMES and not forwarded


def _has(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return bool(token) and scheme.lower() == "bearer" and hmac.compare_digest(given.encode(), token.encode())


def _vault_size() -> float:
    from egide.workspace.journalling.models import VaultEntry

    try:
        return VaultEntry.objects.count()
    except DatabaseError:
        connections[JOURNAL].close()
        return math.nan
