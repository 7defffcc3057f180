"""The disk of the journal is full, or its database is held by another: the real server, and real files."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openai
import pytest
from tests.server.conftest import Serve, Served
from tests.server.test_responses import MODEL, TEXT, client, egide

from egide.gateway.loopback import Loopback

pytestmark = pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs prlimit, of Linux")


@dataclass
class Office:
    """A server at work, with its provider and its data."""

    served: Served
    provider: Loopback
    asking: openai.AsyncOpenAI
    data: Path

    async def ask(self) -> str:
        said = [{"role": "user", "content": TEXT}]
        answer = await self.asking.chat.completions.create(model=MODEL, messages=said)  # type: ignore[arg-type]
        return str(answer.choices[0].message.content)

    async def ask_in_stream(self) -> str:
        said = [{"role": "user", "content": TEXT}]
        create: Any = self.asking.chat.completions.create
        stream = await create(model=MODEL, messages=said, stream=True)
        return "".join([str(chunk.choices[0].delta.content or "") async for chunk in stream if chunk.choices])


@pytest.fixture
async def office(serve: Serve, tmp_path: Path) -> AsyncIterator[Office]:
    data = tmp_path / "data"
    async with Loopback() as provider:
        address = ["--trust", "public", "--base-url", provider.openai_url]
        egide(data, "provider", "add", "--name", "essai", "--kind", "openai", *address)
        egide(data, "user", "add", "--email", "julie@exemple.fr", "--role", "collaborator")
        key = egide(data, "key", "create", "--email", "julie@exemple.fr", "--informed")
        served = serve(EGIDE_NAME_MODEL="false")
        async with client(served, key) as asking:
            yield Office(served, provider, asking, data)
        served.stop()


@contextmanager
def full(office: Office) -> Iterator[None]:
    """No file of the server may grow, as on a full disk."""
    process = office.served.process.pid
    usual = resource.prlimit(process, resource.RLIMIT_FSIZE)
    # The soft limit alone: a process may not raise the hard one again.
    resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, usual[1]))
    yield
    resource.prlimit(process, resource.RLIMIT_FSIZE, usual)


@contextmanager
def locked(office: Office) -> Iterator[None]:
    """Another program holds the journal's database, longer than the server waits."""
    with closing(sqlite3.connect(office.data / "journal.sqlite3", isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.rollback()


@pytest.mark.parametrize("trouble", [full, locked])
async def test_no_answer_is_released_without_its_record(
    office: Office, trouble: Callable[[Office], AbstractContextManager[None]], tmp_path: Path
) -> None:
    assert await office.ask() == TEXT
    with trouble(office):
        for stopped in await asyncio.gather(office.ask(), office.ask_in_stream(), return_exceptions=True):
            assert isinstance(stopped, openai.InternalServerError)
            assert (stopped.status_code, "EG-5001" in str(stopped)) == (503, True)
            assert "Garrigou" not in str(stopped)
    assert await office.ask() == TEXT
    assert await office.ask_in_stream() == TEXT
    assert office.served.stop() == 0
    kept = tmp_path / "journal.jsonl"
    kept.write_text(egide(office.data, "journal", "export") + "\n")
    assert kept.read_text().count('"opened"') == kept.read_text().count('"closed"') == 3
    assert "Garrigou" not in kept.read_text()
    egide(office.data, "journal", "verify", str(kept))
