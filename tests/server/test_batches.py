"""A batch, through the real server and its database, read after a restart."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openai
import pytest
from tests.server.conftest import Serve
from tests.server.test_responses import MODEL, TEXT, client, egide

from egide.gateway.loopback import Loopback

URL = "/v1/chat/completions"


async def test_the_results_of_a_batch_come_back_after_a_restart_to_their_owner_only(
    serve: Serve, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with Loopback() as provider:
        address = ["--trust", "public", "--base-url", provider.openai_url]
        egide(data, "provider", "add", "--name", "essai", "--kind", "openai", *address)
        keys = []
        for email in ("julie@exemple.fr", "paul@exemple.fr"):
            egide(data, "user", "add", "--email", email, "--role", "collaborator")
            keys.append(egide(data, "key", "create", "--email", email, "--informed"))
        served = serve()
        body = {"model": MODEL, "messages": [{"role": "user", "content": TEXT}]}
        lines = [{"custom_id": name, "method": "POST", "url": URL, "body": body} for name in "abc"]
        content = "\n".join(map(json.dumps, lines)).encode()
        async with client(served, keys[0]) as asking:
            file = await asking.files.create(file=("lot.jsonl", BytesIO(content)), purpose="batch")
            made = await asking.batches.create(
                input_file_id=file.id, endpoint=URL, completion_window="24h", metadata={"pour": TEXT}
            )
        served.stop()
        served = serve("--workers", "2")
        async with client(served, keys[0]) as asking:
            assert [one.id async for one in asking.batches.list()] == [made.id]
            batch = await asking.batches.retrieve(made.id)
            assert batch.metadata == {"pour": TEXT}
            assert batch.output_file_id is not None
            results = (await asking.files.content(batch.output_file_id)).text.splitlines()
        said = [json.loads(one)["response"]["body"]["choices"][0]["message"]["content"] for one in results]
        assert said == [TEXT] * 3
        async with client(served, keys[1]) as thief:
            assert [one.id async for one in thief.batches.list()] == []
            with pytest.raises(openai.NotFoundError):
                await thief.files.content(batch.output_file_id)
        assert "Garrigou" not in str([one.body for one in provider.received])
        served.stop()
