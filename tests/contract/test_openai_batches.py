"""Batches through the real client library: uploaded, run, polled and read back with the values in place."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openai
import pytest
from tests.gateway.staging import KEY, OTHER_KEY, Stage

from egide.policy import Trust
from egide.policy.limits import Limit, Measure, Period, Subject

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
URL = "/v1/chat/completions"


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.fixture
async def other(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=OTHER_KEY, max_retries=0) as client:
        yield client


def chat(text: str) -> dict[str, Any]:
    return {"model": "grand", "messages": [{"role": "user", "content": text}]}


def line(name: str, body: dict[str, Any], url: str = URL, **more: Any) -> bytes:
    return (
        json.dumps({"custom_id": name, "method": "POST", "url": url, "body": body, **more}).encode() + b"\n"
    )


def told(number: int) -> str:
    return f"Rappeler le client au 06 39 98 {number // 100 % 100:02} {number % 100:02}."


async def uploaded(client: openai.AsyncOpenAI, content: bytes, name: str = "lot.jsonl") -> Any:
    return await client.files.create(file=(name, BytesIO(content)), purpose="batch")


async def run(client: openai.AsyncOpenAI, content: bytes, endpoint: Any = URL, **more: Any) -> Any:
    file = await uploaded(client, content)
    made = await client.batches.create(
        input_file_id=file.id, endpoint=endpoint, completion_window="24h", **more
    )
    return await client.batches.retrieve(made.id)


async def results(client: openai.AsyncOpenAI, batch: Any) -> list[dict[str, Any]]:
    content = await client.files.content(batch.output_file_id)
    return [json.loads(one) for one in content.text.splitlines()]


def said(result: dict[str, Any]) -> str:
    text: str = result["response"]["body"]["choices"][0]["message"]["content"]
    return text


def left(stage: Stage) -> str:
    return json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)


async def test_a_batch_from_the_upload_to_its_results(stage: Stage, client: openai.AsyncOpenAI) -> None:
    content = b"".join(line(f"demande-{n}", chat(f"{TEXT} {told(n)}")) for n in range(30))
    file = await uploaded(client, content)
    assert (file.purpose, file.filename, file.object) == ("batch", "lot.jsonl", "file")
    made = await client.batches.create(
        input_file_id=file.id,
        endpoint=URL,
        completion_window="24h",
        metadata={"dossier": "Mme Solenne Garrigou", "mois": "mai"},
    )
    assert made.status == "validating"
    assert made.metadata == {"dossier": "Mme Solenne Garrigou", "mois": "mai"}
    batch = await client.batches.retrieve(made.id)
    assert (batch.id, batch.status, batch.input_file_id) == (made.id, "completed", file.id)
    assert batch.metadata == made.metadata
    found = await results(client, batch)
    assert {one["custom_id"]: said(one) for one in found} == {
        f"demande-{n}": f"{TEXT} {told(n)}" for n in range(30)
    }
    assert not any(value in left(stage) for value in ("Garrigou", "06 39 98", "egide"))
    sent = stage.provider.received[0].body["lines"]
    assert [one["custom_id"] for one in sent] == [f"demande-{n}" for n in range(30)]
    assert {one["url"] for one in sent} == {URL}
    assert all("repères" in one["body"]["messages"][0]["content"] for one in sent)


async def test_a_line_leaves_as_the_same_request_alone_would(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    await client.chat.completions.create(**chat(TEXT))
    await uploaded(client, line("a", chat(TEXT)))
    alone, (filed,) = (
        stage.provider.received[0].body,
        stage.provider.received[1].body["lines"],
    )
    assert filed["body"] == alone


async def test_the_order_of_the_provider_does_not_matter(stage: Stage, client: openai.AsyncOpenAI) -> None:
    def shuffled(lines: Iterator[bytes]) -> Iterator[bytes]:
        found = list(lines)
        random.Random(3).shuffle(found)
        return iter(found)

    stage.provider.shelf.lines = shuffled
    batch = await run(client, b"".join(line(str(n), chat(told(n))) for n in range(100)))
    found = await results(client, batch)
    assert [one["custom_id"] for one in found] != [str(n) for n in range(100)]
    assert {one["custom_id"]: said(one) for one in found} == {str(n): told(n) for n in range(100)}


async def test_a_line_never_shows_the_values_of_another(stage: Stage, client: openai.AsyncOpenAI) -> None:
    def swapped(lines: Iterator[bytes]) -> Iterator[bytes]:
        first, second = lines
        yield first.replace(b'"custom_id": "a"', b'"custom_id": "b"')
        yield second.replace(b'"custom_id": "b"', b'"custom_id": "inconnu"')

    stage.provider.shelf.lines = swapped
    batch = await run(client, line("a", chat(told(1))) + line("b", chat(told(2))))
    first, second = await results(client, batch)
    assert "[TELEPHONE_" in said(first)
    assert "[TELEPHONE_" in said(second)


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("/v1/completions", {"model": "grand", "prompt": TEXT}),
        ("/v1/embeddings", {"model": "grand", "input": [TEXT, "autre"]}),
        ("/v1/moderations", {"model": "grand", "input": TEXT}),
        ("/v1/responses", {"model": "grand", "input": TEXT}),
    ],
)
async def test_every_address_that_a_batch_may_name(
    stage: Stage, client: openai.AsyncOpenAI, url: str, body: dict[str, Any]
) -> None:
    alone = await client.post(url.removeprefix("/v1"), body=body, cast_to=object)
    stage.provider.received.clear()
    batch = await run(client, line("a", body, url), endpoint=url)
    (only,) = await results(client, batch)
    given = only["response"]["body"]
    if url == "/v1/responses":
        assert given["output"][0]["content"] == alone["output"][0]["content"]  # type: ignore[index]
        stage.provider.echo = lambda body: TEXT
        again = await client.responses.create(model="grand", input="Et ?", previous_response_id=given["id"])
        assert again.output_text == TEXT
    else:
        assert given == alone
    assert "Garrigou" not in left(stage)


async def test_a_batch_read_after_a_restart(stage: Stage, client: openai.AsyncOpenAI) -> None:
    """All that was in memory is gone: what the vault has is enough."""
    batch = await run(client, line("a", chat(TEXT)))
    parts = stage.gateway._parts
    parts.saved.__init__()  # type: ignore[misc]
    await parts.journal.stop()
    parts.journal.start()
    (only,) = await results(client, await client.batches.retrieve(batch.id))
    assert said(only) == TEXT


async def test_what_a_caller_has_no_other_can_reach(
    stage: Stage, client: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    await results(client, batch)
    stage.provider.shelf.asked.clear()
    for file_id in (batch.input_file_id, batch.output_file_id, "file-000000", batch.id):
        for attempt in (
            other.files.retrieve(file_id),
            other.files.content(file_id),
            other.files.delete(file_id),
            other.batches.retrieve(file_id),
            other.batches.cancel(file_id),
            other.batches.create(input_file_id=file_id, endpoint=URL, completion_window="24h"),
        ):
            with pytest.raises(openai.NotFoundError) as refused:
                await attempt
            assert refused.value.code == "EG-4065"
            assert "file-" not in refused.value.message
    in_another_conversation = client.with_options(default_headers={"x-egide-conversation": "autre"})
    with pytest.raises(openai.NotFoundError):
        await in_another_conversation.files.retrieve(batch.input_file_id)
    assert not stage.provider.shelf.asked


async def test_one_thing_is_not_taken_for_another(stage: Stage, client: openai.AsyncOpenAI) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    stage.provider.shelf.asked.clear()
    for attempt in (
        client.batches.retrieve(batch.output_file_id),
        client.files.retrieve(batch.id),
        client.batches.create(input_file_id=batch.output_file_id, endpoint=URL, completion_window="24h"),
    ):
        with pytest.raises(openai.NotFoundError):
            await attempt
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.files.content(batch.input_file_id)
    assert refused.value.code == "EG-4068"
    assert not stage.provider.shelf.asked


async def test_lists_show_only_what_the_caller_owns(
    stage: Stage, client: openai.AsyncOpenAI, other: openai.AsyncOpenAI
) -> None:
    stage.provider.shelf.keep("batch", "d'un autre outil.jsonl", b"{}")
    mine = [await run(client, line("a", chat(told(n)))) for n in range(5)]
    theirs = [await run(other, line("a", chat(told(n)))) for n in range(4)]
    for asking, made in ((client, mine), (other, theirs)):
        assert {one.id async for one in asking.batches.list(limit=2)} == {one.id for one in made}
        wanted = {one.input_file_id for one in made} | {one.output_file_id for one in made}
        assert {one.id async for one in asking.files.list(limit=3)} == wanted
        inputs = {one.id async for one in asking.files.list(purpose="batch")}
        assert inputs == {one.input_file_id for one in made}
    stage.provider.shelf.asked.clear()
    nobody = client.with_options(default_headers={"x-egide-conversation": "autre"})
    assert (await nobody.files.list()).data == []
    assert not stage.provider.shelf.asked


async def test_deleted_and_cancelled(stage: Stage, client: openai.AsyncOpenAI) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    assert (await client.batches.cancel(batch.id)).id == batch.id
    gone = await client.files.delete(batch.output_file_id)
    assert (gone.id, gone.deleted) == (batch.output_file_id, True)
    with pytest.raises(openai.NotFoundError) as refused:
        await client.files.content(batch.output_file_id)
    assert refused.value.code == "EG-4009"
    assert len(stage.provider.shelf.files) == 1


async def test_a_provider_without_batches_is_told_of(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.provider.shelf.has_batches = False
    with pytest.raises(openai.NotFoundError) as refused:
        await uploaded(client, line("a", chat(TEXT)))
    assert refused.value.code == "EG-4064"
    assert "Ailleurs" in refused.value.message


async def test_an_upload_is_sent_again_whole_when_the_provider_did_not_take_it(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    stage.provider.shelf.statuses = [503]
    content = b"".join(line(str(n), chat(told(n))) for n in range(200))
    await uploaded(client, content)
    assert stage.provider.shelf.asked == [("POST", "/v1/files")] * 2
    assert len(stage.provider.received[0].body["lines"]) == 200


@pytest.mark.parametrize(("status", "shown"), [(401, 502), (403, 502), (400, 400), (429, 429), (500, 500)])
async def test_errors_of_the_provider_are_passed_on_save_those_of_the_key(
    stage: Stage, client: openai.AsyncOpenAI, status: int, shown: int
) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    for call in (
        client.files.retrieve,
        client.files.content,
        client.files.delete,
        lambda _: client.batches.retrieve(batch.id),
        lambda _: client.batches.list(),
    ):
        stage.provider.shelf.statuses = [status]
        with pytest.raises(openai.APIStatusError) as refused:
            await call(batch.output_file_id)
        assert (refused.value.status_code, refused.value.code) == (shown, "EG-4009")
        assert ("refused by the provider" in refused.value.message) == (shown == status)
    assert len(stage.provider.shelf.files) == 2


async def test_tokens_are_estimated_when_a_batch_begins_and_told_when_it_is_read_once(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    stage.company.limits = (Limit(Subject.PERSON, Measure.TOKENS, Period.DAY, 1_000_000),)
    counts = stage.gateway._parts.limits._counts._known
    content = b"".join(line(str(n), chat(told(n))) for n in range(50))
    file = await uploaded(client, content)
    assert sum(counts.values()) == 0
    made = await client.batches.create(input_file_id=file.id, endpoint=URL, completion_window="24h")
    (tokens,) = (value for cell, value in counts.items() if cell.measure == "tokens")
    assert tokens == -(-file.bytes // 4)
    batch = await client.batches.retrieve(made.id)
    for _ in range(3):
        await results(client, batch)
    (after,) = (value for cell, value in counts.items() if cell.measure == "tokens")
    assert after - tokens == 50 * 7


async def test_a_local_provider_reads_what_the_policy_lets_it_read(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    first, *others = stage.company.providers
    stage.company.providers = (replace(first, trust=Trust.LOCAL), *others)
    stage.company.version += 1
    batch = await run(client, line("a", chat(TEXT)))
    assert "Garrigou" in left(stage)
    assert [said(one) for one in await results(client, batch)] == [TEXT]
