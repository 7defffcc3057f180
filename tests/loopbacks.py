"""A loopback provider for tests that are not asynchronous."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from egide.gateway.loopback import Loopback


@contextmanager
def running_loopback() -> Iterator[Loopback]:
    """A provider that answers with what it was sent, on an event loop of its own, in a thread."""
    loop, echo = asyncio.new_event_loop(), Loopback()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    asyncio.run_coroutine_threadsafe(echo.start(), loop).result(10)
    yield echo
    asyncio.run_coroutine_threadsafe(echo.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
