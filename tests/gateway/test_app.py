from __future__ import annotations

import aiohttp
from tests.gateway.staging import KEY, Stage

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
HEAD = {"authorization": f"Bearer {KEY}"}


async def test_the_provider_never_sees_the_values_and_the_caller_gets_them_back(stage: Stage) -> None:
    body = {"model": "grand", "messages": [{"role": "user", "content": TEXT}]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=HEAD) as answer,
    ):
        content = await answer.json()
    assert content["choices"][0]["message"]["content"] == TEXT
    sent = str(stage.provider.received[0].body)
    assert "Garrigou" not in sent
    assert "39 98" not in sent
