"""Message batches through the real client library of Anthropic."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anthropic
import pytest
from tests.gateway.staging import KEY, OTHER_KEY, Stage

from egide.policy.limits import Limit, Measure, Period, Subject

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."


def clients(stage: Stage, key: str) -> anthropic.AsyncAnthropic:
    return anthropic.AsyncAnthropic(base_url=stage.url.removesuffix("/v1"), api_key=key, max_retries=0)


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with clients(stage, KEY) as client:
        yield client


@pytest.fixture
async def other(stage: Stage) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with clients(stage, OTHER_KEY) as client:
        yield client


def request(name: str, text: str, **more: Any) -> Any:
    said = [{"role": "user", "content": text}]
    return {"custom_id": name, "params": {"model": "fin", "max_tokens": 64, "messages": said, **more}}


def told(number: int) -> str:
    return f"Rappeler le client au 06 39 98 {number // 100 % 100:02} {number % 100:02}."


async def texts(client: anthropic.AsyncAnthropic, name: str) -> dict[str, str]:
    found = {}
    async for one in await client.messages.batches.results(name):
        assert one.result.type == "succeeded", one
        (block,) = one.result.message.content
        assert block.type == "text"
        found[one.custom_id] = block.text
    return found


def code(problem: anthropic.APIStatusError) -> str:
    body: Any = problem.body
    return str(body["error"]["message"])[:7]


async def test_a_batch_from_its_requests_to_its_results(
    stage: Stage, client: anthropic.AsyncAnthropic
) -> None:
    wanted = {f"demande-{n}": f"{TEXT} {told(n)}" for n in range(20)}

    def backwards(lines: Iterator[bytes]) -> Iterator[bytes]:
        return reversed(list(lines))

    stage.provider.shelf.lines = backwards
    made = await client.messages.batches.create(requests=[request(*one) for one in wanted.items()])
    assert (made.processing_status, made.results_url) == ("in_progress", None)
    batch = await client.messages.batches.retrieve(made.id)
    assert (batch.id, batch.processing_status) == (made.id, "ended")
    assert batch.results_url == f"{stage.url}/messages/batches/{made.id}/results"
    assert await texts(client, made.id) == wanted
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert not any(value in left for value in ("Garrigou", "06 39 98", "egide"))
    sent = stage.provider.received[0].body["requests"]
    assert [one["custom_id"] for one in sent] == list(wanted)
    assert "repères" in sent[0]["params"]["system"]


async def test_what_a_caller_has_no_other_can_reach(
    stage: Stage, client: anthropic.AsyncAnthropic, other: anthropic.AsyncAnthropic
) -> None:
    mine = [await client.messages.batches.create(requests=[request("a", told(n))]) for n in range(5)]
    theirs = await other.messages.batches.create(requests=[request("a", TEXT)])
    assert {one.id async for one in client.messages.batches.list(limit=2)} == {one.id for one in mine}
    assert [one.id async for one in other.messages.batches.list()] == [theirs.id]
    stage.provider.shelf.asked.clear()
    for name in (mine[0].id, "msgbatch_000000"):
        for attempt in (
            other.messages.batches.retrieve(name),
            other.messages.batches.cancel(name),
            other.messages.batches.delete(name),
            other.get(f"/v1/messages/batches/{name}/results", cast_to=object),
        ):
            with pytest.raises(anthropic.NotFoundError) as refused:
                await attempt
            assert code(refused.value) == "EG-4065"
    assert not stage.provider.shelf.asked


async def test_cancelled_and_deleted(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    made = await client.messages.batches.create(requests=[request("a", TEXT)])
    assert (await client.messages.batches.cancel(made.id)).id == made.id
    gone = await client.messages.batches.delete(made.id)
    assert (gone.id, gone.type) == (made.id, "message_batch_deleted")
    assert not stage.provider.shelf.batches


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (request("b", "x", inconnu=1), "demande 2 (EG-4002)"),
        (request("a", "x"), "demande 2 (EG-4062)"),
        (request("0639984127", "x"), "demande 2 (EG-4016)"),
        (request("b", "x", stream=True), "demande 2 (EG-4003)"),
        (request("b", "La clé est sk-proj-abcdEFGH1234ijklMNOP5678qrst"), "demande 2 (EG-3001)"),
        ({"custom_id": "b"}, "demande 2 (EG-4003)"),
        ({**request("b", "x"), "note": "Mme Garrigou"}, "demande 2 (EG-4002)"),
        ("Garrigou", "demande 2 (EG-4003)"),
    ],
)
async def test_one_bad_request_refuses_them_all(
    stage: Stage, client: anthropic.AsyncAnthropic, bad: Any, words: str
) -> None:
    with pytest.raises(anthropic.BadRequestError) as refused:
        await client.messages.batches.create(requests=[request("a", "Bonjour."), bad, request("c", "x")])
    assert code(refused.value) == "EG-4061"
    assert words in refused.value.message
    assert "Garrigou" not in refused.value.message
    assert not stage.provider.received
    assert [one["error"] for one in stage.entries("refused")] == ["EG-4061"]


@pytest.mark.parametrize("body", [{}, {"requests": []}, {"requests": 3}, {"requests": [], "inconnu": 1}])
async def test_a_body_that_is_no_batch_is_refused(
    stage: Stage, client: anthropic.AsyncAnthropic, body: Any
) -> None:
    with pytest.raises(anthropic.BadRequestError) as refused:
        await client.post("/v1/messages/batches", body=body, cast_to=object)
    assert code(refused.value) in ("EG-4002", "EG-4003")
    assert not stage.provider.received


async def test_other_ends_than_an_answer(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    def ends(lines: Iterator[bytes]) -> Iterator[bytes]:
        first = json.loads(next(lines))
        text = first["result"]["message"]["content"][0]["text"]
        error = {"type": "error", "error": {"type": "invalid_request_error", "message": text}}
        yield json.dumps({"custom_id": "a", "result": {"type": "errored", "error": error}}).encode() + b"\n"
        yield b'{"custom_id": "b", "result": {"type": "expired"}}\n'
        yield b"oups\n"
        yield b'{"custom_id": "c", "result": {"type": "canceled"}}'

    stage.provider.shelf.lines = ends
    made = await client.messages.batches.create(requests=[request("a", TEXT)])
    found = [one async for one in await client.messages.batches.results(made.id)]
    assert [one.result.type for one in found] == ["errored", "expired", "errored", "canceled"]
    assert found[0].result.error.error.message == TEXT  # type: ignore[union-attr]
    assert "EG-4010" in found[2].result.error.error.message  # type: ignore[union-attr]


async def test_each_request_counts_for_the_limits(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    stage.company.limits = (Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 5),)
    await client.messages.batches.create(requests=[request(str(n), "x") for n in range(4)])
    with pytest.raises(anthropic.RateLimitError) as refused:
        await client.messages.batches.create(requests=[request(str(n), "x") for n in range(2)])
    assert code(refused.value) == "EG-4067"
    assert len(stage.provider.shelf.batches) == 1


async def test_what_is_signed_comes_back_sealed_for_the_next_turn(
    stage: Stage, client: anthropic.AsyncAnthropic
) -> None:
    thinking: Any = {"type": "enabled", "budget_tokens": 1024}
    asked = request("a", TEXT, thinking=thinking)
    asked["params"]["max_tokens"] = 2048
    made = await client.messages.batches.create(requests=[asked])
    (only,) = [one async for one in await client.messages.batches.results(made.id)]
    assert only.result.type == "succeeded"
    content: Any = [block.model_dump() for block in only.result.message.content]
    assert content[1]["text"] == TEXT
    again = await client.messages.create(
        model="fin",
        max_tokens=2048,
        thinking=thinking,
        messages=[
            {"role": "user", "content": TEXT},
            {"role": "assistant", "content": content},
            {"role": "user", "content": "Et ?"},
        ],
    )
    assert again.content
    assert "Garrigou" not in json.dumps([one.body for one in stage.provider.received])


async def test_a_provider_without_batches_is_told_of(stage: Stage, client: anthropic.AsyncAnthropic) -> None:
    stage.provider.shelf.has_batches = False
    with pytest.raises(anthropic.NotFoundError) as refused:
        await client.messages.batches.create(requests=[request("a", TEXT)])
    assert code(refused.value) == "EG-4064"


async def test_once_the_vault_has_forgotten_the_values_the_caller_is_told(
    stage: Stage, client: anthropic.AsyncAnthropic
) -> None:
    made = await client.messages.batches.create(requests=[request("a", TEXT)])
    stage.store.sealed._entries.clear()
    with pytest.raises(anthropic.APIStatusError) as refused:
        await client.messages.batches.results(made.id)
    assert (refused.value.status_code, code(refused.value)) == (410, "EG-4066")
