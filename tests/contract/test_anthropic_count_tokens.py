from __future__ import annotations

import json
from collections.abc import AsyncIterator

import anthropic
import pytest
from tests.gateway.staging import KEY, Stage

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
VALUES = ("Garrigou", "39 98 41", "14/05/1985")
TOOL = {
    "name": "noter",
    "description": "Note l'appel de Mme Solenne Garrigou",
    "input_schema": {"type": "object", "properties": {"texte": {"type": "string"}}},
}
MESSAGES = [
    {"role": "user", "content": TEXT},
    {
        "role": "assistant",
        "content": [
            {"type": "tool_use", "id": "toolu_1", "name": "noter", "input": {"naissance": "14/05/1985"}}
        ],
    },
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": TEXT}]},
]


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[anthropic.AsyncAnthropic]:
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        yield client


async def test_what_is_counted_is_what_would_leave(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    asked = {"model": "autre/fin", "messages": MESSAGES, "system": "Tu aides.", "tools": [TOOL]}
    counted = await client.messages.count_tokens(**asked)  # type: ignore[call-overload]
    await client.messages.create(**asked, max_tokens=9)  # type: ignore[call-overload]
    count, message = stage.provider.received
    assert (count.path, message.path) == ("/v1/messages/count_tokens", "/v1/messages")
    assert count.body == {name: value for name, value in message.body.items() if name != "max_tokens"}
    assert "repères" in count.body["system"]
    assert counted.input_tokens == len(json.dumps(count.body, ensure_ascii=False)) // 4
    left = json.dumps(count.body, ensure_ascii=False)
    assert not [value for value in VALUES if value in left]
    assert count.headers["x-api-key"] == "secret-a"


async def test_it_is_journalled_and_consumes_nothing(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    await client.messages.count_tokens(model="fin", messages=[{"role": "user", "content": TEXT}])
    closed = await stage.closed()
    assert closed["status"] == "complete"
    assert "input_tokens" not in closed
    assert stage.entries("opened")[0]["dialect"] == "anthropic-count-tokens"
    assert stage.store.kept == 0  # nothing will be put back: nothing is kept


async def test_thinking_that_comes_back_is_counted(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    thinking = {"type": "enabled", "budget_tokens": 1024}
    ask = {"role": "user", "content": TEXT}
    answer = await client.messages.create(model="fin", max_tokens=2000, messages=[ask], thinking=thinking)  # type: ignore[call-overload]
    history = [ask, {"role": "assistant", "content": answer.content}, {"role": "user", "content": "Merci."}]
    await client.messages.count_tokens(model="fin", messages=history, thinking=thinking)  # type: ignore[arg-type]
    block = stage.provider.received[1].body["messages"][1]["content"][0]
    assert block["type"] == "thinking"
    assert block["signature"].startswith("sig")  # the provider's own, without our seal
    assert "Garrigou" not in json.dumps(stage.provider.received[1].body, ensure_ascii=False)


async def test_refusals_have_the_provider_s_shape(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    with pytest.raises(anthropic.PermissionDeniedError) as blocked:
        await client.messages.count_tokens(
            model="fin",
            messages=[{"role": "user", "content": "Le mot de passe du serveur est Tr0mb0ne!Vert48."}],
        )
    assert "EG-3001" in str(blocked.value)
    assert blocked.value.body["error"]["type"] == "permission_error"  # type: ignore[index]
    image = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}}
    with pytest.raises(anthropic.BadRequestError) as unread:
        await client.messages.count_tokens(model="fin", messages=[{"role": "user", "content": [image]}])  # type: ignore[list-item,typeddict-item]
    assert "EG-4050" in str(unread.value)
    with pytest.raises(anthropic.BadRequestError) as unknown:
        await client.messages.count_tokens(
            model="fin", messages=[{"role": "user", "content": TEXT}], extra_body={"max_tokens": 9}
        )
    assert "EG-4002" in str(unknown.value)
    assert not stage.provider.received
