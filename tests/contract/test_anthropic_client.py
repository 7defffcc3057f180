from __future__ import annotations

import json
from collections.abc import AsyncIterator

import anthropic
import pytest
from tests.gateway.staging import KEY, Stage

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27 ou s.garrigou@exemple.fr."
VALUES = ("Garrigou", "39 98 41", "s.garrigou")
ASK = [{"role": "user", "content": TEXT}]
SCHEMA = {"type": "object", "properties": {"texte": {"type": "string"}}, "required": ["texte"]}
TOOLS = [
    {
        "name": name,
        "description": "Note un texte",
        "input_schema": {
            "type": "object",
            "properties": {"texte": {"type": "string"}},
            "required": ["texte"],
        },
    }
    for name in ("noter", "archiver")
]


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[anthropic.AsyncAnthropic]:
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        yield client


def assert_nothing_left(stage: Stage) -> None:
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert stage.provider.received
    assert not [value for value in VALUES if value in left]


async def test_a_whole_answer(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    answer = await client.messages.create(
        model="fin", max_tokens=100, messages=ASK, system="Tu aides Mme Solenne Garrigou."
    )  # type: ignore[call-overload]
    assert answer.content[0].text == TEXT
    assert answer.usage.output_tokens == 7
    assert_nothing_left(stage)
    headers = stage.provider.received[0].headers
    assert headers["x-api-key"] == "secret-a"
    assert "authorization" not in headers


async def test_a_streamed_answer(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    async with client.messages.stream(model="autre/fin", max_tokens=100, messages=ASK) as stream:  # type: ignore[arg-type]
        said = [piece async for piece in stream.text_stream]
        final = await stream.get_final_message()
    assert "".join(said) == TEXT
    assert len(said) > 4
    assert final.stop_reason == "end_turn"
    assert_nothing_left(stage)
    closed = await stage.closed()
    assert (closed["status"], closed["input_tokens"], closed["output_tokens"]) == ("complete", 11, 7)


@pytest.mark.parametrize("streamed", [False, True])
async def test_parallel_tool_calls(stage: Stage, client: anthropic.AsyncAnthropic, streamed: bool) -> None:
    if streamed:
        async with client.messages.stream(model="fin", max_tokens=9, messages=ASK, tools=TOOLS) as stream:  # type: ignore[arg-type]
            answer = await stream.get_final_message()
    else:
        answer = await client.messages.create(model="fin", max_tokens=9, messages=ASK, tools=TOOLS)  # type: ignore[call-overload]
    assert [block.name for block in answer.content] == ["noter", "archiver"]  # type: ignore[union-attr]
    assert [block.input for block in answer.content] == [{"texte": TEXT}] * 2  # type: ignore[union-attr]
    assert answer.stop_reason == "tool_use"
    assert_nothing_left(stage)


async def test_a_conversation_with_tool_use_and_results(
    stage: Stage, client: anthropic.AsyncAnthropic
) -> None:
    use = {
        "type": "tool_use",
        "id": "toolu_s_garrigou",
        "name": "noter",
        "input": {"nom": "Solenne Garrigou", "naissance": "14/05/1985", "compte": 285035935009783},
    }
    result = {
        "type": "tool_result",
        "tool_use_id": "toolu_s_garrigou",
        "content": [{"type": "text", "text": "tél. 06 39 98 41 27"}],
    }
    messages = [
        {"role": "user", "content": [{"type": "text", "text": TEXT, "cache_control": {"type": "ephemeral"}}]},
        {"role": "assistant", "content": [{"type": "text", "text": "Je note."}, use]},
        {"role": "user", "content": [result, {"type": "text", "text": TEXT}]},
    ]
    system = [{"type": "text", "text": "Tu aides Mme Solenne Garrigou."}]
    answer = await client.messages.create(
        model="fin",
        max_tokens=9,
        messages=messages,
        system=system,
        metadata={"user_id": "s.garrigou"},
        tools=TOOLS,
    )  # type: ignore[call-overload]
    assert answer.content[0].input["texte"].endswith(TEXT)
    assert_nothing_left(stage)
    sent = stage.provider.received[0].body
    left = json.dumps(sent)
    assert "14/05/1985" not in left
    assert "285035935009783" not in left
    assert "metadata" not in sent
    assert sent["messages"][1]["content"][1]["id"] == sent["messages"][2]["content"][0]["tool_use_id"]


@pytest.mark.parametrize("streamed", [False, True])
async def test_thinking_comes_back_to_the_provider_as_it_was_signed(
    stage: Stage, client: anthropic.AsyncAnthropic, streamed: bool
) -> None:
    options = {"model": "fin", "max_tokens": 9, "thinking": {"type": "enabled", "budget_tokens": 1024}}
    if streamed:
        async with client.messages.stream(messages=ASK, **options) as stream:  # type: ignore[arg-type]
            answer = await stream.get_final_message()
    else:
        answer = await client.messages.create(messages=ASK, **options)  # type: ignore[call-overload]
    thought = answer.content[0]
    assert thought.type == "thinking"
    assert "Garrigou" not in thought.thinking
    assert answer.content[1].text == TEXT  # type: ignore[union-attr]
    history = [*ASK, {"role": "assistant", "content": answer.content}, {"role": "user", "content": "Merci"}]
    await client.messages.create(messages=history, **options)  # type: ignore[call-overload]
    sent = stage.provider.received[1].body["messages"][1]["content"][0]
    assert sent["thinking"] == thought.thinking
    assert sent["signature"].startswith("sig")
    assert_nothing_left(stage)


async def test_altered_thinking_is_refused(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    options = {"model": "fin", "max_tokens": 9, "thinking": {"type": "enabled", "budget_tokens": 1024}}
    answer = await client.messages.create(messages=ASK, **options)  # type: ignore[call-overload]
    block = answer.content[0].model_copy(update={"thinking": f"{TEXT}"})
    history = [*ASK, {"role": "assistant", "content": [block]}, {"role": "user", "content": "Merci"}]
    with pytest.raises(anthropic.BadRequestError):
        await client.messages.create(messages=history, **options)  # type: ignore[call-overload]
    assert len(stage.provider.received) == 1


async def test_errors_have_the_provider_s_shape(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    with pytest.raises(anthropic.NotFoundError) as unknown:
        await client.messages.create(model="gros", max_tokens=9, messages=ASK)  # type: ignore[call-overload]
    assert unknown.value.body["error"]["type"] == "not_found_error"  # type: ignore[index]
    document = {"type": "document", "source": {"type": "url", "url": "https://exemple.fr/cv.pdf"}}
    with pytest.raises(anthropic.BadRequestError) as unread:
        await client.messages.create(
            model="fin", max_tokens=9, messages=[{"role": "user", "content": [document]}]
        )  # type: ignore[call-overload]
    assert "EG-4056" in str(unread.value)
    with pytest.raises(anthropic.NotFoundError) as absent:
        await client.post("/v1/messages/inconnu", body={}, cast_to=object)
    assert "EG-4013" in str(absent.value)
    assert absent.value.body["error"]["type"] == "not_found_error"  # type: ignore[index]
    async with anthropic.AsyncAnthropic(base_url=stage.url[:-3], api_key="faux", max_retries=0) as other:
        with pytest.raises(anthropic.AuthenticationError) as denied:
            await other.messages.create(model="fin", max_tokens=9, messages=ASK)  # type: ignore[call-overload]
    assert denied.value.body["error"]["type"] == "authentication_error"  # type: ignore[index]
    assert not stage.provider.received


async def test_the_models_of_the_company(client: anthropic.AsyncAnthropic) -> None:
    assert [model.id async for model in client.models.list()] == ["autre/fin"]


async def test_a_failure_in_the_stream_is_an_error_event(
    stage: Stage, client: anthropic.AsyncAnthropic
) -> None:
    stage.provider.fault = "error-event"
    with pytest.raises(anthropic.APIStatusError) as failed:
        async with client.messages.stream(model="fin", max_tokens=9, messages=ASK) as stream:  # type: ignore[arg-type]
            await stream.get_final_message()
    assert "EG-4009" in str(failed.value)
    assert (await stage.closed())["status"] == "failed"
