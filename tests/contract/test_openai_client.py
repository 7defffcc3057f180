from __future__ import annotations

import json
from collections.abc import AsyncIterator

import openai
import pytest
from tests.gateway.staging import KEY, Stage, staged

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27 ou s.garrigou@exemple.fr."
VALUES = ("Garrigou", "39 98 41", "s.garrigou")
ASK = [{"role": "user", "content": TEXT}]


def tool(name: str) -> dict[str, object]:
    parameters = {
        "type": "object",
        "properties": {"texte": {"type": "string", "description": "Le texte à noter"}},
        "required": ["texte"],
    }
    function = {"name": name, "description": "Note un texte", "parameters": parameters, "strict": False}
    return {"type": "function", "function": function}


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


async def read_stream(client: openai.AsyncOpenAI, said: list[str]) -> None:
    stream = await client.chat.completions.create(model="grand", messages=ASK, stream=True)  # type: ignore[call-overload]
    async for chunk in stream:
        said += [choice.delta.content or "" for choice in chunk.choices]


def left(stage: Stage) -> str:
    """All that the provider received, as one text."""
    return json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)


def assert_nothing_left(stage: Stage) -> None:
    assert stage.provider.received
    assert not [value for value in VALUES if value in left(stage)]


async def test_a_whole_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.chat.completions.create(model="grand", messages=ASK)
    assert answer.choices[0].message.content == TEXT
    assert answer.usage is not None
    assert answer.usage.total_tokens == 18
    assert_nothing_left(stage)


async def test_a_streamed_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stream = await client.chat.completions.create(
        model="ailleurs/grand", messages=ASK, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    said = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(said) == TEXT
    assert len([piece for piece in said if piece]) > 4
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].usage is not None
    assert_nothing_left(stage)


@pytest.mark.parametrize("streamed", [False, True])
async def test_parallel_tool_calls(stage: Stage, client: openai.AsyncOpenAI, streamed: bool) -> None:
    tools = [tool("noter"), tool("archiver")]
    if streamed:
        async with client.chat.completions.stream(model="grand", messages=ASK, tools=tools) as stream:  # type: ignore[arg-type]
            completion = await stream.get_final_completion()
        calls = completion.choices[0].message.tool_calls
    else:
        answer = await client.chat.completions.create(model="grand", messages=ASK, tools=tools)  # type: ignore[call-overload]
        calls = answer.choices[0].message.tool_calls
    assert [call.function.name for call in calls] == ["noter", "archiver"]
    assert [json.loads(call.function.arguments) for call in calls] == [{"texte": TEXT}] * 2
    assert_nothing_left(stage)


async def test_several_choices_in_a_stream(stage: Stage, client: openai.AsyncOpenAI) -> None:
    said = {0: "", 1: "", 2: ""}
    async for chunk in await client.chat.completions.create(model="grand", messages=ASK, n=3, stream=True):
        for choice in chunk.choices:
            said[choice.index] += choice.delta.content or ""
    assert said == {0: TEXT, 1: TEXT, 2: TEXT}


async def test_a_conversation_with_tool_calls_and_results(stage: Stage, client: openai.AsyncOpenAI) -> None:
    arguments = json.dumps({"client": {"nom": "Solenne Garrigou", "naissance": "14/05/1985"}, "nombre": 3})
    call = {"id": "call_1", "type": "function", "function": {"name": "noter", "arguments": arguments}}
    messages = [
        {"role": "system", "content": "Tu aides Mme Solenne Garrigou."},
        {"role": "user", "name": "solenne_garrigou", "content": [{"type": "text", "text": TEXT}]},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": '{"tel": "06 39 98 41 27"}'},
        {"role": "user", "content": TEXT},
    ]
    answer = await client.chat.completions.create(model="grand", messages=messages, user="s.garrigou")  # type: ignore[arg-type]
    assert answer.choices[0].message.content == TEXT
    assert_nothing_left(stage)
    assert "14/05/1985" not in left(stage)
    sent = stage.provider.received[0].body
    assert sent["messages"][2]["tool_calls"][0]["id"] == sent["messages"][3]["tool_call_id"]
    assert json.loads(sent["messages"][2]["tool_calls"][0]["function"]["arguments"])["nombre"] == 3
    assert sent["messages"][0]["role"] == "system"
    assert [m["role"] for m in sent["messages"]].count("system") == 1


async def test_the_models_of_the_company(client: openai.AsyncOpenAI) -> None:
    assert [model.id async for model in client.models.list()] == ["ailleurs/grand"]


async def test_a_wrong_key(stage: Stage) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key="egd_faux", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError) as refused:
            await client.chat.completions.create(model="grand", messages=ASK)  # type: ignore[arg-type]
    assert refused.value.code == "EG-4001"
    assert "clé d'accès" in refused.value.message
    assert not stage.provider.received


async def test_an_unknown_model(stage: Stage, client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        await client.chat.completions.create(model="ailleurs/petit", messages=ASK)
    assert refused.value.code == "EG-4007"


async def test_an_unknown_field_is_refused_by_its_path(stage: Stage, client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.chat.completions.create(
            model="grand", messages=ASK, extra_body={"web_search_options": {"x": 1}}
        )
    assert refused.value.code == "EG-4002"
    assert "web_search_options" in refused.value.message
    assert not stage.provider.received


async def test_an_image_that_is_elsewhere_is_refused(stage: Stage, client: openai.AsyncOpenAI) -> None:
    image = {"type": "image_url", "image_url": {"url": "https://exemple.fr/photo.png"}}
    with pytest.raises(openai.BadRequestError) as refused:
        await client.chat.completions.create(model="grand", messages=[{"role": "user", "content": [image]}])  # type: ignore[list-item]
    assert refused.value.code == "EG-4056"
    assert "messages.0.content.0" in refused.value.message


async def test_a_secret_is_blocked_and_the_refusal_journalled(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    secret = "Le mot de passe du serveur est Tr0mb0ne!Vert48."
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.chat.completions.create(model="grand", messages=[{"role": "user", "content": secret}])
    assert refused.value.code == "EG-3001"
    assert "Tr0mb0ne" not in str(refused.value)
    assert not stage.provider.received
    (entry,) = stage.entries("refused")
    assert entry["error"] == "EG-3001"
    assert entry["labels"] == {"SECRET": 1}


@pytest.mark.parametrize("status", [400, 404, 429, 500, 503])
async def test_an_error_of_the_provider_keeps_its_status(
    stage: Stage, client: openai.AsyncOpenAI, status: int
) -> None:
    stage.provider.status = status
    stage.provider.error_headers = {"retry-after": "7"}
    with pytest.raises(openai.APIStatusError) as refused:
        await client.chat.completions.create(model="grand", messages=ASK)
    assert refused.value.status_code == status
    assert refused.value.code == "EG-4009"
    assert refused.value.response.headers["retry-after"] == "7"
    assert TEXT in refused.value.message  # its own words come back restored, to who wrote them
    assert (await stage.closed())["status"] == "failed"


@pytest.mark.parametrize("status", [401, 403, 302])
async def test_a_refusal_of_the_company_s_key_is_not_the_caller_s(
    stage: Stage, client: openai.AsyncOpenAI, status: int
) -> None:
    stage.provider.status = status
    with pytest.raises(openai.InternalServerError) as refused:
        await client.chat.completions.create(model="grand", messages=ASK)
    assert refused.value.status_code == 502


async def test_a_stream_cut_before_its_end_raises(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.provider.fault = "cut"
    said: list[str] = []
    with pytest.raises(openai.APIError) as failed:
        await read_stream(client, said)
    assert failed.value.code == "EG-4011"
    assert any(said)
    assert (await stage.closed())["status"] == "cut"


async def test_two_callers_never_restore_for_one_another(stage: Stage, client: openai.AsyncOpenAI) -> None:
    await client.chat.completions.create(model="grand", messages=ASK)
    masked = stage.provider.received[0].body["messages"][-1]["content"]
    assert (
        await client.chat.completions.create(model="grand", messages=[{"role": "user", "content": masked}])
    ).choices[0].message.content == TEXT
    async with openai.AsyncOpenAI(base_url=stage.url, api_key="egd_second", max_retries=0) as other:
        answer = await other.chat.completions.create(
            model="grand", messages=[{"role": "user", "content": masked}]
        )
    assert answer.choices[0].message.content == masked


async def test_a_company_term_is_hidden() -> None:
    async with staged() as stage:
        stage.company.terms = ("Calypso-Nord",)
        stage.company.version = 2
        ask = [{"role": "user", "content": "Le projet calypso nord change."}]
        async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
            answer = await client.chat.completions.create(model="grand", messages=ask)  # type: ignore[arg-type]
        assert answer.choices[0].message.content == "Le projet calypso nord change."
        assert "calypso" not in left(stage)
