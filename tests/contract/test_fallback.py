"""A provider is down: the vendors' own clients notice nothing, and read their true values."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

import anthropic
import openai
import pytest
from tests.gateway.staging import KEY, Stage

from egide.gateway.loopback import Loopback
from egide.policy import Fallback, Provider, Trust

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
ASK = [{"role": "user", "content": TEXT}]


@pytest.fixture
async def other(stage: Stage) -> AsyncIterator[Loopback]:
    """The provider that answers when the one asked, which is trusted more, is down."""
    async with Loopback() as other:
        urls: dict[Literal["openai", "anthropic"], tuple[str, str]] = {
            "openai": (stage.provider.openai_url, other.openai_url),
            "anthropic": (stage.provider.anthropic_url, other.anthropic_url),
        }
        for kind, (first, second) in urls.items():
            stage.company.providers += (
                Provider(f"{kind}-1", "Un", kind, first, Trust.LOCAL, (f"{kind}-grand",), "cle"),
                Provider(f"{kind}-2", "Deux", kind, second, Trust.PUBLIC, ("large",), "cle"),
            )
            pair = Fallback(f"{kind}-1", f"{kind}-grand", f"{kind}-2", "large", less_trusted=True)
            stage.company.fallbacks += (pair,)
        await stage.provider.stop()
        yield other


async def test_the_openai_client_reads_a_stream(stage: Stage, other: Loopback) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        stream = await client.chat.completions.create(model="openai-grand", messages=ASK, stream=True)  # type: ignore[call-overload]
        said = [choice.delta.content or "" async for chunk in stream for choice in chunk.choices]
    assert "".join(said) == TEXT
    assert "Garrigou" not in str(other.received)


async def test_the_anthropic_client_reads_a_stream(stage: Stage, other: Loopback) -> None:
    address = stage.url.removesuffix("/v1")
    async with (
        anthropic.AsyncAnthropic(base_url=address, api_key=KEY, max_retries=0) as client,
        client.messages.stream(model="anthropic-grand", max_tokens=99, messages=ASK) as stream,  # type: ignore[arg-type]
    ):
        said = [text async for text in stream.text_stream]
    assert "".join(said) == TEXT
    assert "Garrigou" not in str(other.received)
