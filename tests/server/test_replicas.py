"""Two servers on one PostgreSQL and one Redis, behind a plain TCP balancer."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from tests.redis_server import running_redis
from tests.server.conftest import Serve, Served
from tests.server.test_policy_change import PREPARE, PUBLISH, TEXT, WITHIN, _commands, database

from egide.gateway.loopback import Loopback

__all__ = ["database"]

LIMIT = """
import sys, time
from egide.workspace import setup
setup.start()
from egide.workspace.limits.models import Limit
limit = Limit.objects.first() or Limit(subject="person", measure="requests", period="month")
limit.most = int(sys.argv[1])
limit.save()
print(time.time())
"""


Run = Callable[..., Awaitable[str]]


def _address(server: Served) -> str:
    return f"{server.url.rstrip('/')}/v1"


class Balancer:
    """Each new connection goes to the next server, or to the one after when that one is down."""

    def __init__(self, servers: list[Served]) -> None:
        self._ports = [urlsplit(server.url).port or 0 for server in servers]
        self._turn = itertools.count()
        self.served: Counter[int] = Counter()
        self.url = ""

    @asynccontextmanager
    async def balancing(self) -> AsyncIterator[Balancer]:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=512)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        yield self
        server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(self._turn)
        for number in (first, first + 1):
            number %= len(self._ports)
            with contextlib.suppress(OSError):
                back, forth = await asyncio.open_connection("127.0.0.1", self._ports[number])
                self.served[number] += 1
                await asyncio.gather(_pass_on(reader, forth), _pass_on(back, writer))
                return
        writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()


@dataclass
class Callers:
    """Calls, each on a connection of its own. ``released``: exchanges of which a byte was seen."""

    key: str
    released: list[str] = field(default_factory=list)
    broken: int = 0

    async def ask(self, url: str, *, stream: bool = False) -> int:
        """The status of one call; 0 when the connection broke."""
        said = [{"role": "user", "content": TEXT}]
        body = {"model": "echo/echo", "messages": said, "stream": stream}
        head = {"authorization": f"Bearer {self.key}"}
        connector = aiohttp.TCPConnector(force_close=True)
        try:
            async with (
                aiohttp.ClientSession(connector=connector) as session,
                session.post(f"{url}/chat/completions", json=body, headers=head) as answer,
            ):
                if answer.status == 200 and await answer.content.readany():
                    self.released.append(answer.headers["x-egide-exchange"])
                    await answer.read()
                return answer.status
        except (aiohttp.ClientError, OSError):
            self.broken += 1
            return 0

    async def many(self, url: str, times: int) -> Counter[int]:
        """How many answers of each status, eight calls at once."""
        gate = asyncio.Semaphore(8)

        async def one(number: int) -> int:
            async with gate:
                return await self.ask(url, stream=number % 2 == 1)

        return Counter(await asyncio.gather(*map(one, range(times))))

    async def until(self, url: str, status: int) -> float:
        """When this answer was first asked for and had."""
        async with asyncio.timeout(60):
            while True:
                asked = time.time()
                if await self.ask(url) == status:
                    return asked
                await asyncio.sleep(0.05)


async def _known(servers: list[Served], callers: Callers) -> None:
    """Both servers have heard of the key."""
    for server in servers:
        await callers.until(_address(server), 200)


@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_two_replicas_are_one_gateway(serve: Serve, database: str, tmp_path: Path) -> None:
    secret = tmp_path / "master.key"
    secret.write_bytes(b"m" * 32)
    with running_redis(tmp_path) as redis:
        async with Loopback() as provider:
            env = {
                "EGIDE_DATABASE_URL": database,
                "EGIDE_SECRET_KEY_FILE": str(secret),
                "EGIDE_NAME_MODEL": "false",
                "EGIDE_REDIS_URL": redis.url,
            }

            def start(name: str) -> Served:
                return serve(data=tmp_path / name, **env)

            servers = [await asyncio.to_thread(start, name) for name in ("one", "two")]
            command = _commands({**env, "EGIDE_DATA_DIR": str(tmp_path / "three")})

            async def run(*arguments: str) -> str:
                return await asyncio.to_thread(command, *arguments)

            callers = Callers((await run("-c", PREPARE, provider.openai_url)).strip())
            await _known(servers, callers)
            async with Balancer(servers).balancing() as balancer:
                await _limits_are_shared(balancer, servers, callers, run)
                await _policies_are_shared(servers, callers, run)
                await _killing_one_loses_no_record(balancer, servers, callers, provider)
            exported = await run("-m", "egide.cli", "journal", "export")
            kept = tmp_path / "journal.jsonl"
            kept.write_text(exported)
            await run("-m", "egide.cli", "journal", "verify", str(kept))
    opened = Counter(
        one["exchange"] for one in map(json.loads, exported.splitlines()) if one.get("kind") == "opened"
    )
    assert {exchange: opened[exchange] for exchange in callers.released} == dict.fromkeys(callers.released, 1)
    assert "Lefèvre" not in exported


async def _limits_are_shared(balancer: Balancer, servers: list[Served], callers: Callers, run: Run) -> None:
    before = len(callers.released)
    changed = float(await run("-c", LIMIT, "20"))
    await asyncio.sleep(changed + WITHIN - time.time())
    assert set(await callers.many(balancer.url, 50)) == {200, 429}
    # Each server alone would have let as many through: together they let through exactly that many.
    assert len(callers.released) == before + 20
    changed = float(await run("-c", LIMIT, "35"))
    for server in servers:
        assert await callers.until(_address(server), 200) - changed < WITHIN
    assert set(await callers.many(balancer.url, 50)) == {200, 429}
    assert len(callers.released) == before + 35
    assert set(balancer.served) == {0, 1}
    await run("-c", LIMIT, "1000000")
    await _known(servers, callers)


async def _policies_are_shared(servers: list[Served], callers: Callers, run: Run) -> None:
    for professions, status in ((["avocat"], 403), ([], 200)):
        published = float(await run("-c", PUBLISH, *professions))
        for server in servers:
            assert await callers.until(_address(server), status) - published < WITHIN


async def _killing_one_loses_no_record(
    balancer: Balancer, servers: list[Served], callers: Callers, provider: Loopback
) -> None:
    provider.pause = 0.005  # so that streams are open when the server dies
    calls = asyncio.ensure_future(callers.many(balancer.url, 150))
    before = len(callers.released)
    async with asyncio.timeout(60):
        while len(callers.released) < before + 40:  # noqa: ASYNC110 - counted by the callers
            await asyncio.sleep(0.01)
    await asyncio.to_thread(servers[0].stop, signal.SIGKILL)
    told = await calls
    assert callers.broken == told[0] <= 8
    assert told[200] + told[0] == 150
    assert balancer.served[1] > balancer.served[0]
