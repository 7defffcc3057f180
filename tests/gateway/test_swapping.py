"""The policy changes while exchanges are under way: none is dropped, each is decided by one policy whole."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import aiohttp
import pytest
from tests.gateway.staging import KEY, Stage

from egide.policy import Action, Policy, Trust
from egide.policy.editing import Target, with_line, with_professions

TEXT = "Règle la facture de Mme Zoé Lefèvre avec l'IBAN FR76 3000 6000 0112 3456 7890 189."
PRUDENT = Policy.default()
# By what each does with the text: the journal must say the same as the caller saw.
ALLOWING = with_line(PRUDENT.document, Target("class", "banking"), dict.fromkeys(Trust, Action.ALLOW))
MASKING = replace(PRUDENT, version="prudent-v1")
BLOCKING = replace(Policy.of(with_professions(PRUDENT.document, ["avocat"])), version="avocat-v2")
POLICIES = (MASKING, BLOCKING, replace(Policy.of(ALLOWING), version="ouvert-v3"))


async def _ask(session: aiohttp.ClientSession, stage: Stage, *, stream: bool) -> tuple[int, str]:
    body = {
        "model": "grand",
        "stream": stream,
        "messages": [{"role": "user", "content": TEXT}],
    }
    headers = {"authorization": f"Bearer {KEY}"}
    async with session.post(f"{stage.url}/chat/completions", json=body, headers=headers) as reply:
        return reply.status, await reply.text()


async def _swap(stage: Stage, stop: asyncio.Event) -> int:
    swaps, rng = 0, random.Random(1)
    while not stop.is_set():
        # As the directory does: another snapshot, with another number. By chance, so as not to keep step
        # with the exchanges.
        stage.company.policy = rng.choice(POLICIES)
        stage.company.version += 1
        swaps += 1
        await asyncio.sleep(rng.uniform(0, 0.004))
    return swaps


def _policies(stage: Stage) -> set[object]:
    """Those that the exchanges so far were decided by: a busy machine swaps them seldom."""
    return {one["policy"] for event in ("opened", "refused") for one in stage.entries(event)}


@pytest.mark.parametrize("stream", [True, False])
async def test_no_exchange_is_dropped_and_each_has_one_policy(stage: Stage, stream: bool) -> None:
    stop = asyncio.Event()
    stage.company.policy = MASKING
    swapping = asyncio.create_task(_swap(stage, stop))
    async with aiohttp.ClientSession() as session:

        async def several() -> list[tuple[int, str]]:
            return [await _ask(session, stage, stream=stream) for _ in range(12)]

        answers: list[tuple[int, str]] = []
        rounds = 0
        while rounds < 20 and _policies(stage) != {one.version for one in POLICIES}:
            rounds += 1
            answers += [one for many in await asyncio.gather(*(several() for _ in range(16))) for one in many]
    stop.set()
    assert await swapping > len(POLICIES)
    assert len(answers) == rounds * 16 * 12
    assert {status for status, _ in answers} == {200, 403}
    opened, refused = stage.entries("opened"), stage.entries("refused")
    # The journal says of each what its caller saw.
    assert {one["policy"] for one in opened} == {"prudent-v1", "ouvert-v3"}
    assert {one["policy"] for one in refused} == {"avocat-v2"}
    assert len(opened) == sum(status == 200 for status, _ in answers)
    assert len(refused) == sum(status == 403 for status, _ in answers)
    for one in opened:
        masked = one["masked"]
        assert isinstance(masked, dict)
        assert ("IBAN" in masked) == (one["policy"] == "prudent-v1")


async def test_an_answer_that_has_begun_ends_whole_after_the_change(stage: Stage) -> None:
    stage.provider.pause = 0.02
    stage.company.policy = MASKING
    async with aiohttp.ClientSession() as session:
        begun = asyncio.create_task(_ask(session, stage, stream=True))
        await stage.provider.answering.wait()
        stage.company.policy, stage.company.version = BLOCKING, 2
        status, _ = await _ask(session, stage, stream=False)
        assert status == 403
        status, text = await begun
    assert status == 200
    assert text.rstrip().endswith("data: [DONE]")
    assert (await stage.closed())["status"] == "complete"
