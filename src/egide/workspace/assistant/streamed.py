"""A stream that ends when its response does.

Django drops an asynchronous iterator without closing it when a browser leaves while a piece is on its
way: the provider would go on writing until Python collects the garbage. Django does call ``close`` on
what it was given, from a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator


class Streamed:
    """An asynchronous generator for ``StreamingHttpResponse``. Made on the event loop that reads it."""

    def __init__(self, source: AsyncGenerator[bytes, None]) -> None:
        self._source = source
        self._loop = asyncio.get_running_loop()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._source

    def close(self) -> None:
        """Close the generator on its loop; nothing happens when it is at its end."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._ending = self._loop.create_task(self._source.aclose())
