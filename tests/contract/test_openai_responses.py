from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import openai
import pytest
from pydantic import BaseModel
from tests.contract.test_openai_client import TEXT, assert_nothing_left, left
from tests.gateway.staging import KEY, OTHER_KEY, Stage

TOOLS: list[Any] = [
    {
        "type": "function",
        "name": "noter",
        "description": "Note un texte",
        "strict": False,
        "parameters": {"type": "object", "properties": {"texte": {"type": "string"}}},
    },
    {"type": "custom", "name": "dire", "description": "Dit un texte"},
]
HEAD = {"authorization": f"Bearer {KEY}"}


def client_of(stage: Stage, key: str = KEY) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=stage.url, api_key=key, max_retries=0)


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with client_of(stage) as client:
        yield client


@pytest.fixture
async def other(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with client_of(stage, OTHER_KEY) as client:
        yield client


def remembers(stage: Stage) -> None:
    """Have the provider answer with what it keeps of the turn before."""
    kept = stage.provider.kept
    stage.provider.echo = lambda body: kept[body["previous_response_id"]]["input"]


async def test_a_whole_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.responses.create(model="grand", input=TEXT, instructions="Aide Mme Garrigou.")
    assert answer.output_text == TEXT
    assert answer.instructions == "Aide Mme Garrigou."
    assert answer.usage is not None
    assert answer.usage.total_tokens == 18
    assert_nothing_left(stage)
    closed = await stage.closed()
    assert (closed["input_tokens"], closed["output_tokens"], closed["finish"]) == (11, 7, "completed")


async def test_without_instructions_none_come_back(client: openai.AsyncOpenAI) -> None:
    assert (await client.responses.create(model="grand", input=TEXT)).instructions is None


async def test_without_anything_to_mask(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.responses.create(model="grand", input="Bonjour.", store=False, temperature=0.1)
    assert answer.output_text == "Bonjour."
    sent = stage.provider.received[0].body
    assert sent == {"model": "grand", "input": "Bonjour.", "store": False, "temperature": 0.1}


async def test_a_streamed_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    said = ""
    async with client.responses.stream(model="grand", input=TEXT, reasoning={"effort": "low"}) as stream:
        numbers = []
        async for event in stream:
            numbers.append(event.sequence_number)
            said += event.delta if event.type == "response.output_text.delta" else ""
        final = await stream.get_final_response()
    assert said == final.output_text == TEXT
    assert numbers == list(range(len(numbers)))
    reasoning = final.output[0]
    assert reasoning.type == "reasoning"
    assert reasoning.summary[0].text == f"Lire : {TEXT}"
    assert_nothing_left(stage)


@pytest.mark.parametrize("streamed", [False, True])
async def test_tools_of_the_caller(stage: Stage, client: openai.AsyncOpenAI, streamed: bool) -> None:
    if streamed:
        async with client.responses.stream(model="grand", input=TEXT, tools=TOOLS) as stream:
            answer: Any = await stream.get_final_response()
    else:
        answer = await client.responses.create(model="grand", input=TEXT, tools=TOOLS)
    function, custom = answer.output
    assert json.loads(function.arguments) == {"texte": TEXT}
    assert custom.input == TEXT
    assert_nothing_left(stage)


async def test_a_structured_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    class Fiche(BaseModel):
        texte: str

    stage.provider.alter = lambda text: json.dumps({"texte": text})
    answer = await client.responses.parse(model="grand", input=TEXT, text_format=Fiche)
    assert answer.output_parsed == Fiche(texte=TEXT)
    assert_nothing_left(stage)


async def test_a_conversation_whose_items_the_caller_sends_again(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    items: list[Any] = [{"role": "user", "content": [{"type": "input_text", "text": TEXT}]}]
    asked: dict[str, Any] = {"model": "grand", "tools": TOOLS, "reasoning": {"effort": "low"}, "store": False}
    first = await client.responses.create(input=items, **asked)
    items += first.output
    for item in first.output:
        if item.type == "function_call":
            items.append({"type": "function_call_output", "call_id": item.call_id, "output": TEXT})
        elif item.type == "custom_tool_call":
            items.append({"type": "custom_tool_call_output", "call_id": item.call_id, "output": TEXT})
    second = await client.responses.create(input=[*items, {"role": "user", "content": TEXT}], **asked)
    assert json.loads(second.output[1].arguments) == {"texte": TEXT}  # type: ignore[union-attr]
    assert_nothing_left(stage)
    sent = stage.provider.received[-1].body["input"]
    assert [item.get("type") for item in sent[1:-1]] == [
        "reasoning", "function_call", "custom_tool_call", "function_call_output", "custom_tool_call_output",
    ]  # fmt: skip
    # The provider is given back its own names, and what it encrypted.
    assert [item.get("id") for item in sent[1:4]] == ["rs_00000000", "fc_000000000", "ctc_000000001"]
    assert sent[1]["encrypted_content"].startswith("gAAAA")
    assert [item["call_id"] for item in sent[2:6]] == ["call_000000000", "call_000000001"] * 2


async def test_the_call_of_a_tool_is_answered_by_the_name_that_the_provider_gave(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    first = await client.responses.create(model="grand", input=TEXT, tools=TOOLS[:1])
    call = first.output[0]
    assert call.type == "function_call"
    result: Any = {"type": "function_call_output", "call_id": call.call_id, "output": "06 39 98 41 27"}
    remembers(stage)
    second = await client.responses.create(model="grand", input=[result], previous_response_id=first.id)
    assert second.output_text == TEXT
    assert stage.provider.received[-1].body["input"][0]["call_id"] == "call_000000000"
    assert_nothing_left(stage)


@pytest.mark.parametrize("streamed", [False, True])
async def test_values_of_earlier_turns_come_back_though_they_are_not_sent_again(
    stage: Stage, client: openai.AsyncOpenAI, streamed: bool
) -> None:
    first = await client.responses.create(model="grand", input=TEXT)
    second = await client.responses.create(model="grand", input="Continue.", previous_response_id=first.id)
    assert second.previous_response_id == first.id
    stage.provider.echo = lambda body: stage.provider.kept["resp_00000000"]["input"]
    ask: dict[str, Any] = {"model": "grand", "input": "Résume.", "previous_response_id": second.id}
    if streamed:
        async with client.responses.stream(**ask) as stream:
            third: Any = await stream.get_final_response()
    else:
        third = await client.responses.create(**ask)
    assert third.output_text == TEXT
    assert "repères" in stage.provider.received[-1].body["instructions"]


async def test_a_name_known_from_an_earlier_turn_is_masked(stage: Stage, client: openai.AsyncOpenAI) -> None:
    first = await client.responses.create(model="grand", input="Le suivi est fait par M. Yann Krzlowiak.")
    answer = await client.responses.create(
        model="grand", input="et krzlowiak, il répond quoi ?", previous_response_id=first.id
    )
    assert answer.output_text == "et krzlowiak, il répond quoi ?"
    assert "rzlowiak" not in left(stage)


async def test_an_item_may_be_named_instead_of_sent_again(stage: Stage, client: openai.AsyncOpenAI) -> None:
    first = await client.responses.create(model="grand", input=TEXT)
    named: Any = [
        {"type": "item_reference", "id": first.output[0].id},
        {"role": "user", "content": "Suite ?"},
    ]
    stage.provider.echo = lambda body: stage.provider.kept["resp_00000000"]["input"]
    answer = await client.responses.create(model="grand", input=named)
    assert answer.output_text == TEXT
    assert stage.provider.received[-1].body["input"][0]["id"] == "msg_00000000"


async def test_nobody_goes_on_with_the_conversation_of_another(
    stage: Stage, client: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    asked: dict[str, Any] = {"model": "grand", "input": TEXT, "reasoning": {"effort": "low"}}
    first = await client.responses.create(**asked)
    reasoning: Any = first.output[0].model_dump()
    stage.provider.received.clear()
    stolen: list[dict[str, Any]] = [
        {"previous_response_id": first.id},
        {"previous_response_id": "resp_00000000"},  # the provider's own name, guessed or seen
        {"conversation": "conv_00000000"},
        {"conversation": {"id": first.id}},
        {"input": [reasoning]},
        {"input": [{**reasoning, "id": None}]},
        {"input": [{"type": "item_reference", "id": first.output[1].id}]},
        {"input": [{"type": "item_reference", "id": "msg_00000000"}]},
        {"prompt_cache_options": {"comparison_response_id": first.id}},
    ]
    for more in stolen:
        for attempt in ({}, {"x-egide-conversation": "autre"}):
            with pytest.raises(openai.BadRequestError) as refused:
                await other.responses.create(
                    **{"model": "grand", "input": "Résume.", **more}, extra_headers=attempt
                )
            assert refused.value.code == "EG-4021", more
    assert not stage.provider.received
    assert {entry["error"] for entry in stage.entries("refused")} == {"EG-4021"}


async def test_conversations_held_at_once_do_not_mix(
    stage: Stage, client: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    kept = stage.provider.kept
    stage.provider.echo = lambda body: kept.get(body.get("previous_response_id"), body)["input"]

    async def talk(asking: openai.AsyncOpenAI, number: int) -> None:
        text = f"Bonjour, mon numéro est le 06 39 98 {number:02} {number + 40:02}."
        first = await asking.responses.create(model="grand", input=text)
        ask: dict[str, Any] = {"model": "grand", "input": "Répète.", "previous_response_id": first.id}
        async with asking.responses.stream(**ask) as stream:
            second = await stream.get_final_response()
        assert (first.output_text, second.output_text) == (text, text)

    await asyncio.gather(*(talk((client, other)[number % 2], number) for number in range(24)))
    assert "06 39 98" not in left(stage)


async def test_what_one_provider_gave_is_not_sent_to_another(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    first = await client.responses.create(model="grand", input=TEXT)
    with pytest.raises(openai.BadRequestError) as refused:
        await client.responses.create(model="libre/x", input="Suite ?", previous_response_id=first.id)
    assert refused.value.code == "EG-4021"
    assert len(stage.provider.received) == 1


async def test_values_of_two_conversations_of_one_person_stay_apart(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    await client.responses.create(model="grand", input=TEXT)
    second = await client.responses.create(model="grand", input="Bonjour.")
    stage.provider.echo = lambda body: stage.provider.kept["resp_00000000"]["input"]
    third = await client.responses.create(model="grand", input="Et ?", previous_response_id=second.id)
    assert third.output_text == stage.provider.received[0].body["input"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tools", [{"type": "web_search", "search_context_size": "low"}]),
        ("tools", [{"type": "mcp", "server_label": "x", "server_url": "https://exemple.fr"}]),
        ("tools", [{"type": "code_interpreter", "container": {"type": "auto"}}]),
        ("tools", [{"type": "file_search", "vector_store_ids": ["vs_1"]}]),
        ("tools", [{"type": "image_generation"}]),
        ("tools", [{"type": "local_shell"}]),
        ("tools", [{"type": "computer_use_preview", "environment": "linux"}]),
        ("tool_choice", {"type": "file_search"}),
        ("tool_choice", {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "mcp"}]}),
        ("input", [{"type": "web_search_call", "id": "ws_1", "status": "completed"}]),
    ],
)
async def test_tools_that_the_provider_runs_are_refused_by_name(
    stage: Stage, client: openai.AsyncOpenAI, field: str, value: Any
) -> None:
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.responses.create(**{"model": "grand", "input": "Bonjour.", field: value})
    assert refused.value.code == "EG-4020"
    name = json.dumps(value).split('"type": "')[-1].split('"')[0]
    assert f"« {name if name != 'auto' else 'code_interpreter'} »" in refused.value.message
    assert not stage.provider.received


async def test_an_allowed_tool_may_be_named_and_no_more(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.company.tools = frozenset({"web_search"})
    ask: dict[str, Any] = {"model": "grand", "input": TEXT}
    await client.responses.create(tools=[{"type": "web_search"}], **ask)
    assert stage.provider.received[0].body["tools"] == [{"type": "web_search"}]
    for tool, code in (
        ({"type": "web_search", "user_location": {"type": "approximate", "city": "Évry"}}, "EG-4002"),
        ({"type": "file_search", "vector_store_ids": []}, "EG-4020"),
    ):
        with pytest.raises(openai.APIStatusError) as refused:
            await client.responses.create(tools=[tool], **ask)
        assert refused.value.code == code
    assert len(stage.provider.received) == 1


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("background", True, "EG-4002"),
        ("prompt", {"id": "pmpt_1", "variables": {"nom": "Garrigou"}}, "EG-4004"),
        ("inconnu", 1, "EG-4002"),
        ("include", ["autre"], "EG-4003"),
        ("input", [{"role": "user", "content": [{"type": "computer_screenshot"}]}], "EG-4004"),
        ("input", [{"type": "nouveau"}], "EG-4002"),
        ("input", [{"id": "msg_1"}], "EG-4021"),
        ("input", [3], "EG-4003"),
    ],
)
async def test_what_is_not_read_is_refused(
    stage: Stage, client: openai.AsyncOpenAI, field: str, value: Any, code: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.responses.create(model="grand", extra_body={"input": "Bonjour.", field: value})
    assert refused.value.code == code
    assert not stage.provider.received


async def test_identifiers_and_metadata_of_the_caller_do_not_leave(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    await client.responses.create(
        model="grand",
        input=TEXT,
        user="s.garrigou",
        metadata={"nom": "Garrigou"},
        prompt_cache_key="Garrigou",
    )
    assert_nothing_left(stage)
    assert "metadata" not in stage.provider.received[0].body


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"404 page not found", "EG-4022"),
        (404, b'{"detail": "Not Found"}', "EG-4022"),
        (404, b'{"error": {"code": 404, "message": "File Not Found"}}', "EG-4022"),
        (405, b"{}", "EG-4022"),
        (404, b'{"error": {"code": "model_not_found", "message": "no model"}}', "EG-4009"),
        (404, b'{"error": {"code": 404, "param": "model", "message": "no model"}}', "EG-4009"),
    ],
)
async def test_a_service_without_this_address_sends_to_chat(
    stage: Stage, client: openai.AsyncOpenAI, status: int, body: bytes, code: str
) -> None:
    stage.provider.failure = body
    stage.provider.status = status
    with pytest.raises(openai.NotFoundError) as refused:
        await client.responses.create(model="grand", input=TEXT)
    assert refused.value.code == code
    assert ("/v1/chat/completions" in refused.value.message) == (code == "EG-4022")
    assert (await stage.closed())["error"] == code


async def test_a_stream_cut_before_its_end_raises(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.provider.fault = "cut"

    async def read() -> list[Any]:
        return [
            event async for event in await client.responses.create(model="grand", input=TEXT, stream=True)
        ]

    with pytest.raises(openai.APIError) as failed:
        await read()
    assert failed.value.code == "EG-4011"
    assert (await stage.closed())["status"] == "cut"


async def test_the_error_of_a_stream_is_numbered_after_the_last_event(stage: Stage) -> None:
    stage.provider.fault = "cut"
    body = {"model": "grand", "input": TEXT, "stream": True}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/responses", json=body, headers=HEAD) as answer,
    ):
        lines = [line for line in (await answer.text()).splitlines() if line.startswith("data: ")]
    events = [json.loads(line.removeprefix("data: ")) for line in lines]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    assert (events[-1]["type"], events[-1]["code"]) == ("error", "EG-4011")


@pytest.mark.parametrize("verb", ["retrieve", "delete", "cancel"])
async def test_an_answer_already_given_cannot_be_fetched_again(
    stage: Stage, client: openai.AsyncOpenAI, verb: str
) -> None:
    first = await client.responses.create(model="grand", input=TEXT)
    with pytest.raises(openai.NotFoundError) as refused:
        await getattr(client.responses, verb)(first.id)
    assert refused.value.code == "EG-4013"
    assert "/v1/responses/…" in refused.value.message
    assert first.id not in refused.value.message
