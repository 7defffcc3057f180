"""Metrics of one process, when the settings ask for them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route

from egide.errors import SettingsError
from egide.gateway.journalling import JournalState
from egide.settings import Settings

if TYPE_CHECKING:
    from egide.server.metrics import Metrics


def observing(settings: Settings) -> Metrics | None:
    """Raises SettingsError EG-7005 when the library is not installed."""
    if not settings.metrics:
        return None
    try:
        from egide.server.metrics import Metrics
    except ModuleNotFoundError:
        raise SettingsError("EG-7005", part="mesures pour Prometheus", extra="metrics") from None
    return Metrics()


def routes(
    metrics: Metrics | None, settings: Settings, journal: Callable[[], JournalState]
) -> list[BaseRoute]:
    """The address that tells them, if they are asked for."""
    if metrics is None:
        return []
    from egide.server.metrics import endpoint

    return [Route("/metrics", endpoint(metrics, settings, journal))]


@asynccontextmanager
async def following(metrics: Metrics | None, journal: Callable[[], JournalState]) -> AsyncIterator[None]:
    """Around the life of the server."""
    if metrics is None:
        yield
        return
    look = asyncio.create_task(metrics.follow(journal))
    try:
        yield
    finally:
        look.cancel()
        with suppress(asyncio.CancelledError):
            await look
        metrics.close()


def share_between_processes(settings: Settings) -> None:
    """Have the processes to come write their metrics where each can add them up. Before they start."""
    if settings.metrics:
        folder = settings.data_dir / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
