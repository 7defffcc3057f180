from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from tests.gateway.limits.making import Clock, limit
from tests.gateway.staging import KEY, OTHER_KEY, Stage, staged

from egide.errors import EgideError, GatewayError
from egide.gateway.limits import Limits
from egide.gateway.limits.shared import Unreachable
from egide.policy import Caller, Person, Usage
from egide.policy.limits import Measure, Period, Price, Subject
from egide.ports import Adjustments, Turn

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
ENDPOINTS = [("chat/completions", "grand"), ("messages", "fin")]
CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(limits=Limits(clock=Clock())) as stage:
        yield stage


def body(model: str, **more: object) -> dict[str, Any]:
    return {"model": model, "max_tokens": 50, "messages": [{"role": "user", "content": TEXT}], **more}


async def ask(stage: Stage, path: str, model: str, key: str = KEY, **more: object) -> aiohttp.ClientResponse:
    async with aiohttp.ClientSession() as session:
        answer = await session.post(
            f"{stage.url}/{path}", json=body(model, **more), headers={"authorization": f"Bearer {key}"}
        )
        await answer.read()
        return answer


@pytest.mark.parametrize(("path", "model"), ENDPOINTS)
@pytest.mark.parametrize("stream", [False, True])
async def test_a_reached_limit_is_refused_in_the_shape_of_the_provider(
    path: str, model: str, stream: bool, stage: Stage
) -> None:
    stage.company.limits = (limit(1, period=Period.MINUTE),)
    assert (await ask(stage, path, model, stream=stream)).status == 200
    answer = await ask(stage, path, model, stream=stream)
    assert answer.status == 429
    assert answer.headers["retry-after"] == "40"
    assert answer.headers["x-egide-limit"] == "person; measure=requests; period=minute; used=100%"
    error = (await answer.json())["error"]
    assert error["type"] == "rate_limit_error"
    assert error["message"].startswith("EG-4040 : Une limite du nombre de demandes est atteinte")
    assert "dans 40 secondes" in error["message"]
    assert len(stage.provider.received) == 1
    (refused,) = stage.entries("refused")
    assert (refused["error"], refused["provider"]) == ("EG-4040", "ailleurs" if model == "grand" else "autre")
    assert (await ask(stage, path, model, OTHER_KEY)).status == 200


async def test_two_hundred_calls_at_once_take_exactly_the_places_there_are(stage: Stage) -> None:
    stage.company.limits = (limit(60),)
    head = {"authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def once() -> int:
            async with session.post(
                f"{stage.url}/chat/completions", json=body("grand"), headers=head
            ) as answer:
                return answer.status

        statuses = await asyncio.gather(*(once() for _ in range(200)))
    assert (statuses.count(200), statuses.count(429)) == (60, 140)
    assert len(stage.provider.received) == 60


async def test_tokens_go_beyond_by_no_more_than_what_was_in_flight(stage: Stage) -> None:
    stage.company.limits = (limit(1, measure=Measure.TOKENS),)
    stage.provider.pause = 0.01
    first, second = await asyncio.gather(
        ask(stage, "messages", "fin", stream=True), ask(stage, "messages", "fin", stream=True)
    )
    assert (first.status, second.status) == (200, 200)
    assert b"message_stop" in await first.read()
    assert b"message_stop" in await second.read()
    answer = await ask(stage, "messages", "fin", stream=True)
    assert (answer.status, "EG-4041" in await answer.text()) == (429, True)
    assert len(stage.provider.received) == 2


async def test_a_stream_in_flight_goes_on_when_the_limit_is_reached(stage: Stage) -> None:
    stage.company.limits = (limit(15, Subject.COMPANY, Measure.TOKENS),)
    stage.provider.pause = 0.02
    running = asyncio.create_task(ask(stage, "chat/completions", "grand", stream=True))
    await stage.provider.answering.wait()
    stage.provider.pause = 0
    assert (await ask(stage, "chat/completions", "grand", OTHER_KEY)).status == 200  # 18 tokens
    assert (await ask(stage, "chat/completions", "grand", OTHER_KEY)).status == 429
    answer = await running
    assert (await answer.read()).endswith(b"data: [DONE]\n\n")


async def test_a_cost_limit_reads_the_price_of_the_model(stage: Stage) -> None:
    stage.company.limits = (limit(100, measure=Measure.COST),)
    stage.company.prices = {("ailleurs", "grand"): Price(Decimal(2), Decimal(10))}  # 92 an answer
    assert [(await ask(stage, "chat/completions", "grand")).status for _ in range(3)] == [200, 200, 429]


async def test_the_warning_comes_at_80_percent(stage: Stage) -> None:
    stage.company.limits = (limit(5),)
    answers = [await ask(stage, "chat/completions", "grand", stream=i % 2 == 0) for i in range(5)]
    assert [answer.headers.get("x-egide-limit") for answer in answers] == [
        None,
        None,
        None,
        "person; measure=requests; period=day; used=80%",
        "person; measure=requests; period=day; used=100%",
    ]


async def test_what_the_policy_refuses_takes_no_place(stage: Stage) -> None:
    stage.company.limits = (limit(1),)
    secret = [{"role": "user", "content": "Le mot de passe du serveur est Tr0mb0ne!Vert48."}]
    assert (await ask(stage, "chat/completions", "grand", messages=secret)).status == 403
    assert (await ask(stage, "chat/completions", "grand")).status == 200


async def test_a_call_that_the_provider_refuses_is_a_request_and_costs_no_token(stage: Stage) -> None:
    stage.company.limits = (limit(2), limit(1, measure=Measure.TOKENS))
    stage.provider.status = 500
    assert [(await ask(stage, "chat/completions", "grand")).status for _ in range(2)] == [500, 500]
    answer = await ask(stage, "chat/completions", "grand")
    assert (answer.status, "EG-4040" in await answer.text()) == (429, True)


async def test_what_a_stream_does_not_tell_is_estimated_and_marked(stage: Stage) -> None:
    stage.company.limits = (limit(1, measure=Measure.TOKENS),)
    await ask(stage, "chat/completions", "grand", stream=True)
    closed = await stage.closed()
    sent = len(str(stage.provider.received[0].body))
    assert sent / 6 < int(str(closed["estimated_tokens"])) < sent
    assert "input_tokens" not in closed
    assert (await ask(stage, "chat/completions", "grand", stream=True)).status == 429


async def test_what_a_provider_tells_is_not_marked(stage: Stage) -> None:
    await ask(stage, "messages", "fin", stream=True)
    assert "estimated_tokens" not in await stage.closed()


async def test_hanging_up_does_not_save_the_tokens(stage: Stage) -> None:
    stage.company.limits = (limit(12, measure=Measure.TOKENS),)
    stage.provider.pause = 0.05
    head = {"authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession() as session:
        call = session.post(f"{stage.url}/messages", json=body("fin", stream=True), headers=head)
        async with call as answer:
            await answer.content.readany()
    assert (await stage.closed())["status"] == "abandoned"
    assert (await ask(stage, "messages", "fin")).status == 429


async def test_the_assistant_is_refused_and_warned_before(stage: Stage) -> None:
    stage.company.limits = (limit(1),)
    no_choice = Adjustments()

    def preview() -> object:
        return stage.gateway.exchanges.preview(CALLER, "ailleurs", TEXT, no_choice).limit

    async def answer() -> str:
        turns = [Turn("user", TEXT)]
        source = stage.gateway.exchanges.answer(
            CALLER, "ailleurs", turns, model=None, conversation="c", adjustments=no_choice
        )
        return "".join([delta.text async for delta in source])

    assert preview() is None
    assert await answer() == TEXT
    assert preview() is not None
    with pytest.raises(EgideError, match="EG-4040"):
        await answer()
    assert len(stage.provider.received) == 1


async def test_a_limit_refuses_before_any_text_is_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.company.limits = (limit(1),)
    await ask(stage, "chat/completions", "grand")

    async def read(*_: object) -> None:
        raise AssertionError("a text was read")

    monkeypatch.setattr(stage.gateway._parts.analyst, "find_all", read)
    assert (await ask(stage, "chat/completions", "grand")).status == 429


class Away:
    """A shared counter that does not answer."""

    problem: GatewayError | None = GatewayError("EG-4043")

    async def admit(self, *_: object) -> tuple[bool, list[int]]:
        raise Unreachable

    async def add(self, *_: object) -> None:
        raise Unreachable

    async def close(self) -> None: ...


async def test_a_shared_counter_that_is_away_stops_nobody_and_limits_still_hold() -> None:
    async with staged(limits=Limits(shared=Away(), clock=Clock())) as stage:
        stage.company.limits = (limit(2), limit(1, Subject.COMPANY, Measure.TOKENS, Period.MONTH))
        assert (await ask(stage, "chat/completions", "grand")).status == 200
        answer = await ask(stage, "chat/completions", "grand", OTHER_KEY)
        assert (answer.status, "EG-4041" in await answer.text()) == (429, True)
        assert [problem.code for problem in stage.gateway.exchanges.warnings()] == ["EG-4043"]


async def test_a_gateway_that_is_well_warns_of_nothing(stage: Stage) -> None:
    assert list(stage.gateway.exchanges.warnings()) == []


async def test_the_list_of_models_is_not_limited(stage: Stage) -> None:
    stage.company.limits = (limit(1),)
    await ask(stage, "chat/completions", "grand")
    async with (
        aiohttp.ClientSession(headers={"authorization": f"Bearer {KEY}"}) as session,
        session.get(f"{stage.url}/models") as answer,
    ):
        assert answer.status == 200
