"""Start the HTTP server: one port, one or several processes, an orderly stop."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from uvicorn.supervisors import Multiprocess

from egide.errors import SettingsError
from egide.server.locks import only_server
from egide.server.observing import share_between_processes
from egide.server.tracing import check_installed
from egide.settings import Settings

APP = "egide.server.app:create"
# A burst of connections waits here while the loop is busy; the kernel's own default drops them at 128.
BACKLOG = 2048
# Answers still being written when asked to stop have this long to end.
GRACE_SECONDS = 10


@contextmanager
def claim(settings: Settings) -> Iterator[tuple[Settings, socket.socket]]:
    """The data folder and the port, for this server alone; the settings know the port if it was 0.

    Raises SettingsError EG-7003 (folder), EG-7004 (port taken), EG-7008 (another server there).
    """
    settings.prepare()
    with only_server(settings.data_dir), listen(settings) as listener:
        yield settings.model_copy(update={"port": listener.getsockname()[1]}), listener


def listen(settings: Settings) -> socket.socket:
    """The bound socket. Raises SettingsError EG-7004, or EG-7001 for an impossible address."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.set_inheritable(True)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise SettingsError("EG-7004", port=settings.port) from None
        raise SettingsError("EG-7001", name="host", reason="adresse d'écoute impossible.") from None
    return listener


def serve(settings: Settings, listener: socket.socket, workers: int, ready: Callable[[], None]) -> None:
    """Serve until a signal asks to stop; ``ready`` is called once the port answers.

    The databases must be up to date. Raises SettingsError EG-7001 or EG-7005 for traces that cannot be sent.
    """
    check_installed(os.environ)
    _hand_over(settings)
    signal.signal(signal.SIGTERM, _leave)
    config = _configuration(settings, workers)
    server = Announcing(config, ready)
    try:
        if workers > 1:
            share_between_processes(settings)
            listener.listen(BACKLOG)  # who calls while the workers load waits for them
            ready()
            Multiprocess(config, sockets=[listener]).run()
        else:
            server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    if workers == 1 and not server.started:
        sys.exit(1)


class Announcing(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _configuration(settings: Settings, workers: int) -> uvicorn.Config:
    return uvicorn.Config(
        APP,
        factory=True,
        loop="uvloop",
        http="httptools",
        ws="none",
        backlog=BACKLOG,
        workers=workers,
        # An address may hold what a person typed: no access log, ours is the journal.
        access_log=False,
        log_level="warning",
        server_header=False,
        # Believed of the proxies that were named, and of no other: see ``server.proxies``.
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _hand_over(settings: Settings) -> None:
    """Options of the command line reach the workers, which read their settings themselves."""
    os.environ["EGIDE_DATA_DIR"] = str(settings.data_dir)
    os.environ["EGIDE_HOST"], os.environ["EGIDE_PORT"] = settings.host, str(settings.port)


def _leave(number: int, frame: FrameType | None) -> None:
    """After its orderly stop uvicorn raises the signal again: then leave as one who was asked to."""
    sys.exit(0)
