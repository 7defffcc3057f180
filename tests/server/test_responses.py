"""A conversation that the provider keeps, through the real server and its database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openai
from tests.server.conftest import Serve, Served, clean

from egide.gateway.loopback import Loopback

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
MODEL = "essai/x"


def egide(data: Path, *arguments: str) -> str:
    line = [sys.executable, "-m", "egide.cli", *arguments]
    env = clean(EGIDE_DATA_DIR=str(data))
    return subprocess.run(line, capture_output=True, text=True, check=True, env=env).stdout.strip()


def client(served: Served, key: str) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=f"{served.url.rstrip('/')}/v1", api_key=key, max_retries=0)


async def test_values_of_an_earlier_turn_come_back_after_a_restart(serve: Serve, tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with Loopback() as provider:
        address = ["--trust", "public", "--base-url", provider.openai_url]
        egide(data, "provider", "add", "--name", "essai", "--kind", "openai", *address)
        egide(data, "user", "add", "--email", "julie@exemple.fr", "--role", "collaborator")
        key = egide(data, "key", "create", "--email", "julie@exemple.fr", "--informed")
        served = serve()
        async with client(served, key) as asking:
            first = await asking.responses.create(model=MODEL, input=TEXT)
        assert first.output_text == TEXT
        served.stop()
        served = serve("--workers", "2")
        provider.echo = lambda body: provider.kept["resp_00000000"]["input"]
        async with client(served, key) as asking:
            second = await asking.responses.create(
                model=MODEL, input="Et Garrigou ?", previous_response_id=first.id
            )
        assert second.output_text == TEXT
        assert "Garrigou" not in str([one.body for one in provider.received])
        served.stop()
