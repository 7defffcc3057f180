"""Counters in Redis or Valkey, for several servers at once: checked and counted by one script each.

What they hold is a keyed digest of each counter's name, and a number. A script is given what this server
knows of each counter, and goes on from there if it holds less: a Redis that comes back empty forgets nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import RedisError

from egide.errors import GatewayError
from egide.gateway.limits.shared import Unreachable
from egide.policy.limits import Cell
from egide.ports import Count

logger = logging.getLogger(__name__)
_PATIENCE: Final = 3.0
_AGAIN: Final = 5.0
_MOST_CONNECTIONS: Final = 8
_IDLE: Final = 15
# Each counter comes with: its most, what is added, what the server knows, when it ends.
_SCRIPT: Final = """
local counts, free = {}, 1
for i, key in ipairs(KEYS) do
  local known = tonumber(ARGV[4 * i - 1])
  local held = tonumber(redis.call('GET', key) or '0')
  counts[i] = math.max(held, known)
  if counts[i] >= tonumber(ARGV[4 * i - 3]) then free = 0 end
end
for i, key in ipairs(KEYS) do
  local added = tonumber(ARGV[4 * i - 2])
  if free == 1 and added > 0 then
    redis.call('SET', key, string.format('%.0f', counts[i] + added))
    redis.call('EXPIREAT', key, ARGV[4 * i])
  end
  counts[i] = string.format('%.0f', counts[i])
end
return {free, unpack(counts)}
"""
_NO_MOST: Final = 2**53


class RedisCounts:
    """Implements ``SharedCounts``. ``secret`` keys the names. Raises ValueError for a wrong address."""

    def __init__(
        self,
        url: str,
        secret: bytes,
        *,
        patience: float = _PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._secret, self._patience, self._clock = secret, patience, clock
        self._prefix = f"egide:{{{hashlib.blake2b(key=secret, digest_size=8).hexdigest()}}}:"
        pool = BlockingConnectionPool.from_url(
            url.replace("valkey", "redis", 1) if url.startswith("valkey") else url,
            max_connections=_MOST_CONNECTIONS,
            timeout=None,  # for a free connection: ours counts for both
            socket_timeout=patience,
            socket_connect_timeout=patience,
            # Only a connection closed meanwhile is tried again: what timed out may have been counted.
            retry=Retry(NoBackoff(), 1, supported_errors=(Disconnected,)),
            health_check_interval=_IDLE,
        )
        self._redis: Any = Redis.from_pool(pool)
        self._script = self._redis.register_script(_SCRIPT)
        self._again = 0.0  # when to try again, after a failure
        self.problem: GatewayError | None = None

    async def admit(
        self, mosts: Sequence[tuple[Cell, int]], added: Sequence[Count], known: Sequence[int]
    ) -> tuple[bool, list[int]]:
        """See ``Counts.admit``; ``known`` is what this server knows of each. Raises Unreachable."""
        by_cell = {count.cell: count for count in added}
        arguments: list[int] = []
        for (cell, most), before in zip(mosts, known, strict=True):
            count = by_cell.get(cell)
            arguments += (most, count.value if count else 0, before, int(count.until) if count else 0)
        free, *held = await self._run([cell for cell, _ in mosts], arguments)
        return bool(free), held

    async def add(self, added: Sequence[Count], known: Sequence[int]) -> None:
        """See ``Counts.add``. Raises Unreachable."""
        arguments: list[int] = []
        for count, before in zip(added, known, strict=True):
            arguments += (_NO_MOST, count.value, before, int(count.until))
        await self._run([count.cell for count in added], arguments)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    async def _run(self, cells: Sequence[Cell], arguments: Sequence[int]) -> list[int]:
        if self.problem is not None:
            if self._clock() < self._again:
                raise Unreachable
            self._again = self._clock() + _AGAIN  # one tries; the others do not wait for it
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._script(keys=[self._name(cell) for cell in cells], args=arguments)
            counts = [int(count) for count in answer]
        except (RedisError, OSError, TimeoutError, ValueError, TypeError) as failure:
            self._fail(failure)
            raise Unreachable from None
        if self.problem is not None:
            logger.warning("limits: the shared counter answers again")
            self.problem = None
        return counts

    def _fail(self, failure: Exception) -> None:
        self._again = self._clock() + _AGAIN
        if self.problem is None:
            self.problem = GatewayError("EG-4043")
            # The type only: a message could repeat the address and its password.
            logger.warning("%s (%s)", self.problem, type(failure).__name__)

    def _name(self, cell: Cell) -> str:
        digest = hashlib.blake2b("\x1f".join(cell).encode(), key=self._secret, digest_size=16)
        return self._prefix + digest.hexdigest()
