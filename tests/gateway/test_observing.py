from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
import pytest
from tests.gateway.staging import KEY, staged

from egide.errors import EgideError
from egide.policy import Caller, Person, Usage
from egide.ports import Adjustments, Turn

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
SECRET = "Le mot de passe du serveur est Tr0mb0ne!Vert48."
CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"))


@dataclass
class Told:
    """Keeps what it is told."""

    refusals: list[tuple[str, str]] = field(default_factory=list)
    masked: list[Mapping[str, int]] = field(default_factory=list)
    ends: list[tuple[str, str, str | None, tuple[int, int], int]] = field(default_factory=list)

    def refused(self, dialect: str, code: str) -> None:
        self.refusals.append((dialect, code))

    def prepared(self, dialect: str, seconds: float, masked: Mapping[str, int]) -> None:
        assert 0 < seconds < 60
        self.masked.append(masked)

    def ended(
        self,
        dialect: str,
        status: str,
        code: str | None,
        first_seconds: float | None,
        tokens: tuple[int, int],
        estimated: int,
    ) -> None:
        assert first_seconds is None or first_seconds > 0
        self.ends.append((dialect, status, code, tokens, estimated))


async def post(url: str, text: str, **head: str) -> int:
    body = {"model": "fin", "max_tokens": 9, "messages": [{"role": "user", "content": text}]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/messages", json=body, headers=head) as answer,
    ):
        return answer.status


async def test_each_exchange_is_told_once() -> None:
    told = Told()
    async with staged(observer=told) as stage:
        head = {"x-api-key": KEY}
        assert await post(stage.url, TEXT, **head) == 200
        assert await post(stage.url, SECRET, **head) == 403
        assert await post(stage.url, TEXT) == 401
        stage.provider.status = 500
        assert await post(stage.url, "Bonjour.", **head) == 500
        async with asyncio.timeout(20):
            while len(told.ends) < 2:  # noqa: ASYNC110 - told after the answer was given
                await asyncio.sleep(0.005)
    name = "anthropic-messages"
    assert told.refusals == [(name, "EG-3001"), (name, "EG-4001")]
    assert told.masked == [{"PERSON": 1, "PHONE": 1}, {}]
    assert told.ends == [(name, "complete", None, (11, 7), 0), (name, "failed", "EG-4009", (0, 0), 0)]


async def test_the_assistant_is_told_of_too() -> None:
    told = Told()
    async with staged(observer=told) as stage:

        async def ask(text: str) -> str:
            source = stage.gateway.exchanges.answer(
                CALLER, "autre", [Turn("user", text)], model=None, conversation="c", adjustments=Adjustments()
            )
            return "".join([delta.text async for delta in source])

        assert await ask(TEXT) == TEXT
        with pytest.raises(EgideError, match="EG-3001"):
            await ask(SECRET)
    assert told.refusals == [("anthropic-messages", "EG-3001")]
    assert [end[:3] for end in told.ends] == [("anthropic-messages", "complete", None)]


async def test_an_address_that_does_not_exist_is_told_by_its_protocol() -> None:
    told = Told()
    async with staged(observer=told) as stage, aiohttp.ClientSession() as session:
        for path in ("nulle-part", "uploads", "files/inconnu"):
            async with session.get(f"{stage.url}/{path}", headers={"x-api-key": KEY}) as answer:
                assert 400 <= answer.status < 500
    assert [name for name, _ in told.refusals] == ["openai", "uploads", "files"]
