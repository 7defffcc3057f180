from __future__ import annotations

import json
from collections.abc import AsyncIterator

import openai
import pytest
from tests.gateway.staging import KEY, Stage

TEXT = "Lettre à Mme Solenne Garrigou, joignable au 06 39 98 41 27 ou s.garrigou@exemple.fr."
OTHER = "Relance de M. Yann Krzlowiak."
VALUES = ("Garrigou", "39 98 41", "s.garrigou", "rzlowiak")


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


def assert_nothing_left(stage: Stage) -> None:
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert stage.provider.received
    assert not [value for value in VALUES if value in left]


async def said(client: openai.AsyncOpenAI, stage: Stage, **asked: object) -> dict[int, str]:
    """The text of each choice of a streamed completion."""
    texts: dict[int, str] = {}
    stream = await client.completions.create(model="grand", stream=True, **asked)  # type: ignore[call-overload]
    async for chunk in stream:
        for choice in chunk.choices:
            texts[choice.index] = texts.get(choice.index, "") + choice.text
            assert choice.logprobs is None
    assert_nothing_left(stage)
    return texts


async def test_a_whole_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.completions.create(model="ailleurs/grand", prompt=TEXT, max_tokens=50)
    assert [choice.text for choice in answer.choices] == [TEXT]
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == 18
    assert_nothing_left(stage)
    (received,) = stage.provider.received
    assert received.path == "/v1/completions"
    assert received.body["model"] == "grand"
    assert "repères" not in received.body["prompt"]  # nothing stands before the text to continue
    closed = await stage.closed()
    assert (closed["status"], closed["input_tokens"], closed["output_tokens"]) == ("complete", 11, 7)
    assert stage.entries("opened")[0]["dialect"] == "openai-completions"


async def test_a_streamed_answer(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stream = await client.completions.create(
        model="grand", prompt=TEXT, stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    pieces = [chunk.choices[0].text for chunk in chunks if chunk.choices]
    assert "".join(pieces) == TEXT
    assert len(pieces) > 4
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[-1].usage is not None
    assert_nothing_left(stage)


async def test_several_prompts_and_choices(stage: Stage, client: openai.AsyncOpenAI) -> None:
    asked = {"prompt": [TEXT, OTHER], "n": 2, "best_of": 2}
    answer = await client.completions.create(model="grand", **asked)  # type: ignore[call-overload]
    assert [choice.text for choice in answer.choices] == [TEXT + OTHER] * 4
    assert await said(client, stage, **asked) == dict.fromkeys(range(4), TEXT + OTHER)


async def test_the_echo_of_the_prompt_is_restored(stage: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.completions.create(model="grand", prompt=TEXT, echo=True)
    assert answer.choices[0].text == TEXT * 2
    assert await said(client, stage, prompt=[OTHER, TEXT], echo=True) == {
        0: OTHER + OTHER + TEXT,
        1: TEXT + OTHER + TEXT,
    }


async def test_the_suffix_and_the_stops_are_masked(stage: Stage, client: openai.AsyncOpenAI) -> None:
    await client.completions.create(
        model="grand", prompt="Chère Madame,", suffix=f"Copie : {OTHER}", stop=["Mme Solenne Garrigou", "\n"]
    )
    assert_nothing_left(stage)
    assert stage.provider.received[0].body["stop"][1] == "\n"


async def test_logprobs_leave_only_when_something_is_masked(stage: Stage, client: openai.AsyncOpenAI) -> None:
    plain = await client.completions.create(model="grand", prompt="Il pleut.", logprobs=1)
    assert plain.choices[0].logprobs is not None
    masked = await client.completions.create(model="grand", prompt=TEXT, logprobs=1)
    assert masked.choices[0].logprobs is None
    assert set(await said(client, stage, prompt=TEXT, logprobs=1)) == {0}


@pytest.mark.parametrize("prompt", [[15496, 995], [[15496, 995], [1212]], ["Il pleut.", 995]])
async def test_numbers_of_tokens_are_refused(
    stage: Stage, client: openai.AsyncOpenAI, prompt: list[object]
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.completions.create(model="grand", prompt=prompt)  # type: ignore[call-overload]
    assert refused.value.code == "EG-4025"
    assert "prompt." in refused.value.message
    assert not stage.provider.received
    assert stage.entries("refused")[0]["error"] == "EG-4025"


async def test_a_secret_is_blocked(stage: Stage, client: openai.AsyncOpenAI) -> None:
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.completions.create(
            model="grand", prompt="Le mot de passe du serveur est Tr0mb0ne!Vert48."
        )
    assert refused.value.code == "EG-3001"
    assert not stage.provider.received
    assert stage.entries("refused")[0]["labels"] == {"SECRET": 1}


async def test_a_stream_cut_before_its_end_raises(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.provider.fault = "cut"
    with pytest.raises(openai.APIError) as failed:
        await said(client, stage, prompt=TEXT)
    assert failed.value.code == "EG-4011"
    assert (await stage.closed())["status"] == "cut"


@pytest.mark.parametrize("field", ["messages", "tools", "prompt_logprobs"])
async def test_fields_of_another_address_are_refused(
    stage: Stage, client: openai.AsyncOpenAI, field: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        await client.completions.create(model="grand", prompt="Il pleut.", extra_body={field: 1})
    assert refused.value.code == "EG-4002"
    assert field in refused.value.message
