"""The ASGI application of one process: ``/v1`` is the gateway, the rest are pages.

``create`` loads everything; the lifespan opens the journal and the upstream connections, and closes them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final, cast

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from egide.detection import Detector
from egide.detection.recogniser import discover
from egide.gateway import Gateway
from egide.pseudonymisation import Keyring
from egide.server.counting import counting
from egide.server.health import healthz, readable, readyz, writable
from egide.server.observing import following, observing, routes
from egide.server.processes import end_with_parent, writer_of
from egide.server.proxies import NamedProxies
from egide.server.purge import purge_each_day
from egide.server.tracing import tracing
from egide.settings import Settings, load
from egide.workspace import setup

# An exchange waits for the journal's thread, which waits for the interpreter: by default up to 5 ms each
# time. Measured: a third less added time at one connection, a fifth more exchanges at sixteen.
_SWITCH_SECONDS: Final = 0.0005
# An exchange makes some thousands of small objects that die at once: looking for cycles among them each
# 700, the default, is a tenth of its time.
_YOUNG_OBJECTS: Final = 20_000


def _settle() -> None:
    """What start-up made lives as long as the process: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, 20, 50)


def create() -> Starlette:
    """The application, from the environment: what uvicorn calls in each of its processes."""
    return build(load())


def build(settings: Settings) -> Starlette:
    """The application over these settings. The databases must be up to date."""
    setup.start(settings)
    from egide.workspace.asgi import application as pages
    from egide.workspace.directory.directory import WorkspaceDirectory
    from egide.workspace.journalling.store import SqlJournal, SqlVault
    from egide.workspace.justifications.store import SqlJustifications
    from egide.workspace.knowledge.background import Importer
    from egide.workspace.mail.background import Sender
    from egide.workspace.wiring import wire

    keyring = Keyring(settings.master_key())
    directory = WorkspaceDirectory()
    writer, mark = writer_of(settings)
    importer, sender = Importer(writer), Sender()
    metrics, tracer = observing(settings), tracing(os.environ)
    gateway = Gateway(
        directory,
        keyring,
        SqlVault(),
        SqlJournal(),
        settings,
        writer=writer,
        limits=counting(settings, keyring),
        observer=metrics,
        justifications=SqlJustifications(),
        tracer=tracer,
        make_detector=partial(Detector, None if settings.name_model else discover()),
    )
    wire(gateway.exchanges, keyring)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        end_with_parent()
        sys.setswitchinterval(_SWITCH_SECONDS)
        with mark:
            await asyncio.to_thread(directory.start)
            await gateway.start()
            await asyncio.to_thread(importer.start)
            sender.start()
            _settle()
            purging = asyncio.create_task(purge_each_day(settings))
            async with following(metrics, lambda: gateway.journal):
                yield
            purging.cancel()
            with suppress(asyncio.CancelledError):
                await purging
            await gateway.stop()
            if tracer is not None:
                await asyncio.to_thread(tracer.close)
            await asyncio.to_thread(importer.stop)
            await asyncio.to_thread(sender.stop)
            await asyncio.to_thread(directory.stop)

    app = Starlette(
        routes=[
            Mount("/v1", gateway),
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            *routes(metrics, settings, lambda: gateway.journal),
            Mount("/", cast("ASGIApp", pages)),
        ],
        lifespan=lifespan,
    )
    if settings.proxies:
        app.add_middleware(NamedProxies, proxies=settings.proxies)
    app.state.checks = {"database": readable, "journal": writable}
    app.state.health = gateway.exchanges.health
    return app
