from __future__ import annotations

import time
from typing import Any

import anthropic
import openai
import pytest
from tests.gateway.staging import KEY, Stage

from egide.policy.limits import Limit, Measure, Period, Subject

ASK: Any = [{"role": "user", "content": "Bonjour."}]


@pytest.fixture(autouse=True)
def limited(stage: Stage) -> None:
    stage.company.limits = (Limit(Subject.PERSON, Measure.REQUESTS, Period.MONTH, 1),)


async def test_the_openai_library_sees_a_rate_limit_and_does_not_insist(stage: Stage) -> None:
    began = time.monotonic()
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY) as client:
        await client.chat.completions.create(model="grand", messages=ASK)
        with pytest.raises(openai.RateLimitError) as refused:
            await client.chat.completions.create(model="grand", messages=ASK, stream=True)
    assert refused.value.code == "EG-4040"
    assert int(refused.value.response.headers["retry-after"]) > 0
    assert "le 1er" in refused.value.message
    assert len(stage.entries("refused")) == 1
    assert time.monotonic() - began < 20


async def test_the_anthropic_library_sees_a_rate_limit_and_does_not_insist(stage: Stage) -> None:
    async with anthropic.AsyncAnthropic(base_url=stage.url.removesuffix("/v1"), api_key=KEY) as client:
        await client.messages.create(model="fin", max_tokens=50, messages=ASK)
        with pytest.raises(anthropic.RateLimitError) as refused:
            await client.messages.create(model="fin", max_tokens=50, messages=ASK, stream=True)
    assert "EG-4040" in str(refused.value)
    assert len(stage.entries("refused")) == 1
