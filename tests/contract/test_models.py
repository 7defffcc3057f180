from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import anthropic
import openai
import pytest
from tests.gateway.staging import KEY, Stage

MODELS = tuple(f"fin-{number}" for number in range(45))
NAMES = [f"autre/{name}" for name in MODELS]


@pytest.fixture
async def left(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.fixture
async def right(stage: Stage) -> AsyncIterator[anthropic.AsyncAnthropic]:
    stage.company.providers = tuple(
        replace(one, models=MODELS) if one.kind == "anthropic" else one for one in stage.company.providers
    )
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.mark.parametrize("name", ["ailleurs/grand", "grand"])
async def test_one_model(left: openai.AsyncOpenAI, name: str) -> None:
    model = await left.models.retrieve(name)
    assert (model.id, model.object) == (name, "model")


@pytest.mark.parametrize("name", ["ailleurs/petit", "fin", "libre/tout", "jean.dupont@exemple.fr"])
async def test_a_model_that_is_not_the_company_s(stage: Stage, left: openai.AsyncOpenAI, name: str) -> None:
    with pytest.raises(openai.NotFoundError) as absent:
        await left.models.retrieve(name)
    assert absent.value.code == "EG-4007"
    assert "dupont" not in absent.value.message
    assert not stage.provider.received


async def test_models_of_the_other_protocol(right: anthropic.AsyncAnthropic) -> None:
    model = await right.models.retrieve("autre/fin-7")
    assert (model.id, model.type, model.display_name) == ("autre/fin-7", "model", "autre/fin-7")
    assert (model.created_at.year, model.lifecycle) == (1970, "active")
    with pytest.raises(anthropic.NotFoundError) as absent:
        await right.models.retrieve("grand")
    assert absent.value.body["error"]["type"] == "not_found_error"  # type: ignore[index]


@pytest.mark.parametrize("limit", [1, 7, 20, 45, 1000])
async def test_all_pages(right: anthropic.AsyncAnthropic, limit: int) -> None:
    assert [model.id async for model in right.models.list(limit=limit)] == NAMES


async def test_a_page_and_its_neighbours(right: anthropic.AsyncAnthropic) -> None:
    first = await right.models.list()
    assert [model.id for model in first.data] == NAMES[:20]
    assert (first.has_more, first.first_id, first.last_id) == (True, NAMES[0], NAMES[19])
    after = await right.models.list(after_id=NAMES[39])
    assert ([model.id for model in after.data], after.has_more) == (NAMES[40:], False)
    before = await right.models.list(before_id=NAMES[10], limit=4)
    assert ([model.id for model in before.data], before.has_more) == (NAMES[6:10], True)
    start = await right.models.list(before_id=NAMES[2])
    assert ([model.id for model in start.data], start.has_more) == (NAMES[:2], False)


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"limit": "٣"}, {"after_id": "gros"}])
async def test_a_page_that_does_not_exist(right: anthropic.AsyncAnthropic, query: dict[str, object]) -> None:
    with pytest.raises(anthropic.BadRequestError) as refused:
        await right.models.list(extra_query=query)
    assert "EG-4003" in str(refused.value)
    assert next(iter(query)) in str(refused.value)


async def test_a_wrong_key_sees_no_model(stage: Stage) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key="egd_faux", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError):
            await client.models.retrieve("grand")
