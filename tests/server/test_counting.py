from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from tests.redis_server import running_redis
from tests.server.conftest import Serve, clean

from egide.errors import SettingsError
from egide.gateway.limits import Limits
from egide.gateway.loopback import Loopback
from egide.pseudonymisation import Keyring
from egide.server.counting import counting
from egide.settings import load

KEYRING = Keyring(b"clef de test " * 4)
# The limit as the page would set it, in a process of its own: Django is loaded once in each.
SETTING = """
from egide.server.databases import workspace
from egide.settings import load
with workspace(load()):
    from egide.workspace.limits.models import Limit
    Limit.objects.create(subject="person", measure="requests", period="month", most={most})
"""


def prepare(data: Path, provider: Loopback, most: int) -> str:
    """A provider, a person and a limit for each person. The person's key."""

    def egide(*line: str) -> str:
        done = subprocess.run(
            [sys.executable, *line],
            env=clean(EGIDE_DATA_DIR=str(data)),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout

    command = ("-m", "egide.cli")
    adding = ("--name", "Essai", "--kind", "openai", "--trust", "public", "--base-url", provider.openai_url)
    egide(*command, "provider", "add", *adding)
    egide(*command, "user", "add", "--email", "julie@entreprise.example", "--role", "collaborator")
    egide("-c", SETTING.format(most=most))
    return (
        egide(*command, "key", "create", "--email", "julie@entreprise.example", "--informed")
        .strip()
        .splitlines()[-1]
    )


async def ask(url: str, key: str, times: int, at_once: int) -> Counter[int]:
    """How many answers of each status. Each call has its own connection: any process may take it."""
    body = {"model": "echo", "messages": [{"role": "user", "content": "Bonjour."}]}
    gate = asyncio.Semaphore(at_once)

    async def once(session: aiohttp.ClientSession) -> int:
        head = {"authorization": f"Bearer {key}"}
        async with gate, session.post(f"{url}/v1/chat/completions", json=body, headers=head) as answer:
            return answer.status

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        return Counter(await asyncio.gather(*(once(session) for _ in range(times))))


async def kept(database: Path, value: int) -> None:
    """Wait until the server has told the database: it does each second, and a kill forgets no more."""
    async with asyncio.timeout(30):
        while True:
            with closing(sqlite3.connect(database)) as base:
                if base.execute("select value from limits_counter").fetchall() == [(value,)]:
                    return
            await asyncio.sleep(0.05)


async def test_a_restart_does_not_forget_what_was_used(serve: Serve, tmp_path: Path) -> None:
    async with Loopback() as provider:
        key = await asyncio.to_thread(prepare, tmp_path / "data", provider, 8)
        first = await asyncio.to_thread(serve)
        assert await ask(first.url, key, 5, 2) == {200: 5}
        assert await asyncio.to_thread(first.stop) == 0
        second = await asyncio.to_thread(serve)
        assert await ask(second.url, key, 5, 2) == {200: 3, 429: 2}
        await kept(tmp_path / "data" / "egide.sqlite3", 8)
        await asyncio.to_thread(second.stop, signal.SIGKILL)
        third = await asyncio.to_thread(serve)
        assert await ask(third.url, key, 3, 1) == {429: 3}


async def test_processes_that_share_redis_take_exactly_what_there_is(serve: Serve, tmp_path: Path) -> None:
    with running_redis(tmp_path) as redis:
        async with Loopback() as provider:
            key = await asyncio.to_thread(prepare, tmp_path / "data", provider, 25)

            def start() -> object:
                return serve("--workers", "2", EGIDE_REDIS_URL=redis.url)

            served = await asyncio.to_thread(start)
            assert await ask(served.url, key, 80, 20) == {200: 25, 429: 55}  # type: ignore[attr-defined]
            assert len(provider.received) == 25
        assert len(redis.keys()) == 1


@pytest.mark.parametrize("url", ["localhost", "http://127.0.0.1:6379"])
def test_a_wrong_address_stops_the_start_and_is_not_repeated(url: str, workspace: None) -> None:
    with pytest.raises(SettingsError) as refused:
        counting(load({"EGIDE_REDIS_URL": url}), KEYRING)
    assert refused.value.code == "EG-7001"
    assert url not in str(refused.value)


def test_a_library_that_is_missing_is_told(workspace: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "egide.gateway.limits.redis_counts", None)
    with pytest.raises(SettingsError, match=r"egide\[redis\]"):
        counting(load({"EGIDE_REDIS_URL": "redis://127.0.0.1:1"}), KEYRING)


def test_without_redis_each_server_counts_by_itself(workspace: None) -> None:
    limits = counting(load({}), KEYRING)
    assert isinstance(limits, Limits)
    assert limits.problem is None
