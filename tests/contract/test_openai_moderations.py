from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import openai
import pytest
from tests.gateway.staging import KEY, Stage

TEXT = "Plainte pour violence de Mme Solenne Garrigou, joignable au 06 39 98 41 27."
IMAGE = {"type": "image_url", "image_url": {"url": "https://exemple.fr/photo.png"}}


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


def left(stage: Stage) -> str:
    return json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)


@pytest.mark.parametrize(
    ("asked", "results"),
    [
        (TEXT, [True]),
        (["Il pleut.", TEXT], [False, True]),
        ([{"type": "text", "text": TEXT}], [True]),
    ],
)
async def test_a_text_is_judged_masked(
    stage: Stage, client: openai.AsyncOpenAI, asked: object, results: list[bool]
) -> None:
    answer = await client.moderations.create(model="grand", input=asked)  # type: ignore[arg-type]
    assert [one.flagged for one in answer.results] == results
    assert answer.results[-1].category_scores.violence > 0.5
    assert "Garrigou" not in left(stage)
    assert "39 98 41" not in left(stage)
    assert stage.provider.received[0].path == "/v1/moderations"
    assert stage.entries("opened")[0]["dialect"] == "openai-moderations"
    assert (await stage.closed())["status"] == "complete"


async def test_a_value_cut_by_two_parts_is_hidden(stage: Stage, client: openai.AsyncOpenAI) -> None:
    parts = [{"type": "text", "text": "Mon numéro : 06 39 98"}, {"type": "text", "text": " 41 27, merci."}]
    await client.moderations.create(model="grand", input=parts)  # type: ignore[arg-type]
    assert "39 98" not in left(stage)
    assert "41 27" not in left(stage)


async def test_an_image_is_refused(stage: Stage, client: openai.AsyncOpenAI) -> None:
    parts = [{"type": "text", "text": "Regarde."}, IMAGE]
    with pytest.raises(openai.BadRequestError) as refused:
        await client.moderations.create(model="grand", input=parts)  # type: ignore[arg-type]
    assert refused.value.code == "EG-4004"
    assert "input.1" in refused.value.message
    assert not stage.provider.received


async def test_without_a_model_the_protocol_s_own_is_asked_for(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    with pytest.raises(openai.NotFoundError) as refused:
        await client.moderations.create(input=TEXT)
    assert refused.value.code == "EG-4007"
    assert "omni-moderation-latest" in refused.value.message
    assert not stage.provider.received
    first, *others = stage.company.providers
    listed = replace(first, models=("grand", "omni-moderation-latest"))
    stage.company.providers, stage.company.version = (listed, *others), 2
    assert (await client.moderations.create(input=TEXT)).results[0].flagged
    assert stage.provider.received[0].body["model"] == "omni-moderation-latest"
