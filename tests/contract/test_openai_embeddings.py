from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import openai
import pytest
from tests.gateway.staging import KEY, OTHER_KEY, Stage

TEXT = "Contrat de Mme Solenne Garrigou, joignable au 06 39 98 41 27."
VALUES = ("Garrigou", "39 98 41")


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


def assert_nothing_left(stage: Stage) -> None:
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert stage.provider.received
    assert not [value for value in VALUES if value in left]


@pytest.mark.parametrize("coding", ["float", "base64", None])
async def test_a_text_becomes_a_vector(stage: Stage, client: openai.AsyncOpenAI, coding: str | None) -> None:
    more = {"encoding_format": coding} if coding else {}
    answer = await client.embeddings.create(
        model="grand", input=TEXT, dimensions=4, user="s.garrigou", **more
    )  # type: ignore[arg-type]
    (only,) = answer.data
    assert only.index == 0
    assert coding == "base64" or len(only.embedding) == 4
    assert answer.usage.prompt_tokens == 11
    assert_nothing_left(stage)
    (received,) = stage.provider.received
    assert (received.path, received.body["dimensions"]) == ("/v1/embeddings", 4)
    assert set(received.body) == {"model", "input", "dimensions", "user", "encoding_format"}
    closed = await stage.closed()
    assert (closed["status"], closed["input_tokens"]) == ("complete", 11)
    opened = stage.entries("opened")[0]
    assert (opened["dialect"], opened["streamed"]) == ("openai-embeddings", False)
    assert opened["masked"] == {"PERSON": 1, "PHONE": 1}


async def test_each_text_of_a_list_has_its_vector(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.embeddings.create(model="grand", input=["Il pleut.", TEXT, "Il pleut."])
    assert [one.index for one in answer.data] == [0, 1, 2]
    assert answer.data[0].embedding == answer.data[2].embedding != answer.data[1].embedding
    assert_nothing_left(stage)


async def test_the_answer_goes_on_as_it_came(stage: Stage, client: openai.AsyncOpenAI) -> None:
    raw = await client.embeddings.with_raw_response.create(model="grand", input=TEXT, encoding_format="float")
    assert ", " in raw.text  # the provider's own writing: nothing was put back in it


async def sent(stage: Stage, key: str, conversation: str = "") -> str:
    headers = {"x-egide-conversation": conversation} if conversation else {}
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=key, max_retries=0) as client:
        await client.embeddings.create(model="grand", input=TEXT, extra_headers=headers)
    text: str = stage.provider.received[-1].body["input"]
    return text


async def test_an_index_is_the_same_for_colleagues(stage: Stage) -> None:
    assert await sent(stage, KEY) == await sent(stage, OTHER_KEY)
    assert_nothing_left(stage)


async def test_an_index_may_be_kept_apart(stage: Stage) -> None:
    mine = await sent(stage, KEY, "index rh")
    assert mine == await sent(stage, OTHER_KEY, "index rh")
    assert mine != await sent(stage, KEY)


async def test_it_cannot_be_linked_to_what_a_person_says(stage: Stage, client: openai.AsyncOpenAI) -> None:
    indexed = await sent(stage, KEY)
    await client.chat.completions.create(model="grand", messages=[{"role": "user", "content": TEXT}])
    assert indexed != stage.provider.received[-1].body["messages"][-1]["content"]


async def test_no_value_can_be_taken_back_out_of_an_index(stage: Stage, client: openai.AsyncOpenAI) -> None:
    """The placeholders of an index are shared: they must restore nothing, for anybody."""
    indexed = await sent(stage, OTHER_KEY)
    await client.completions.create(model="grand", prompt=TEXT)
    answer = await client.completions.create(model="grand", prompt=indexed)
    assert answer.choices[0].text == indexed


async def test_nothing_is_kept_in_the_vault(stage: Stage, client: openai.AsyncOpenAI) -> None:
    await sent(stage, KEY)
    await stage.closed()
    assert stage.store.kept == 0
    await client.completions.create(model="grand", prompt=TEXT)
    async with asyncio.timeout(10):
        while not stage.store.kept:  # noqa: ASYNC110 - written by a thread that tells nobody
            await asyncio.sleep(0.005)
    assert stage.store.kept == 2


@pytest.mark.parametrize("given", [[15496, 995], [[15496, 995], [1212]]])
async def test_numbers_of_tokens_are_refused(
    stage: Stage, client: openai.AsyncOpenAI, given: list[object]
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.embeddings.create(model="grand", input=given)  # type: ignore[arg-type]
    assert refused.value.code == "EG-4025"
    assert "check_embedding_ctx_length=False" in refused.value.message
    assert not stage.provider.received


async def test_a_secret_is_blocked_whatever_the_text_of_the_list(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    secret = "Le mot de passe du serveur est Tr0mb0ne!Vert48."
    with pytest.raises(openai.PermissionDeniedError):
        await client.embeddings.create(model="grand", input=["Il pleut.", secret])
    assert not stage.provider.received


@pytest.mark.parametrize("field", ["stream", "messages", "prompt"])
async def test_fields_of_another_address_are_refused(
    stage: Stage, client: openai.AsyncOpenAI, field: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.embeddings.create(model="grand", input="Il pleut.", extra_body={field: True})
    assert refused.value.code == "EG-4002"
    assert not stage.provider.received
