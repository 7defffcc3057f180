"""Results as a provider may give them: broken, cut, endless, or with errors in the place of answers."""

from __future__ import annotations

import asyncio
import json
import resource
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx2 as httpx
import openai
import pytest
from tests.contract.test_openai_batches import KEY, TEXT, chat, line, results, run, said, told
from tests.gateway.staging import Stage, staged

from egide.checks.settings import Reading, Unsent
from egide.policy import Policy
from egide.settings import Settings

HEAD = {"authorization": f"Bearer {KEY}"}
Lines = Callable[[Iterator[bytes]], Iterator[bytes]]


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


def after_the_first(*more: bytes) -> Lines:
    def lines(given: Iterator[bytes]) -> Iterator[bytes]:
        yield next(given)
        yield from more
        yield from given

    return lines


BROKEN = {
    "not JSON": b'{"custom_id": "x", \n',
    "not UTF-8": b'{"custom_id": "\xff"}\n',
    "not an object": b"[1]\n",
    "no name": b'{"response": null}\n',
    "a name that is a number": b'{"custom_id": 3, "response": null, "error": {}}\n',
    "nothing": b'{"custom_id": "x", "response": null, "error": null}\n',
    "no body": b'{"custom_id": "x", "response": {"status_code": 200}, "error": null}\n',
    "another shape": b'{"custom_id": "x", "response": {"status_code": 200, "body": {"choices": 3}}}\n',
    "very deep": b'{"custom_id": "x", "response": {"status_code": 500, "body": '
    + b"[" * 900
    + b"]" * 900
    + b"}}\n",
    "too deep": b'{"custom_id": "x", "response": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_line_is_an_error_of_its_own_and_the_others_come(
    stage: Stage, client: openai.AsyncOpenAI, name: str
) -> None:
    stage.provider.shelf.lines = after_the_first(BROKEN[name])
    batch = await run(client, line("a", chat(TEXT)) + line("b", chat("Bonjour.")))
    first, broken, last = await results(client, batch)
    assert (said(first), said(last)) == (TEXT, "Bonjour.")
    if name != "very deep":
        assert (broken["response"], broken["error"]["code"]) == (None, "EG-4010")


async def test_a_line_too_long_is_skipped(client: openai.AsyncOpenAI) -> None:
    async with (
        staged(Settings(max_answer_bytes=5_000)) as stage,
        openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client,
    ):
        stage.provider.shelf.lines = after_the_first(b'{"custom_id": "' + b"x" * 3_000_000 + b'"}\n')
        batch = await run(client, line("a", chat(TEXT)) + line("b", chat("Bonjour.")))
        first, broken, last = await results(client, batch)
        assert (said(first), said(last)) == (TEXT, "Bonjour.")
        assert broken["error"]["code"] == "EG-4010"


async def test_errors_in_the_place_of_answers_get_their_values_back(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    def refused(lines: Iterator[bytes]) -> Iterator[bytes]:
        first, second = (json.loads(one) for one in lines)
        text = first["response"]["body"]["choices"][0]["message"]["content"]
        error = {"error": {"message": f"refusé : {text}", "type": "invalid_request_error"}}
        first["response"] |= {"status_code": 400, "body": error}
        text = second["response"]["body"]["choices"][0]["message"]["content"]
        second |= {"response": None, "error": {"code": "batch_expired", "message": text}}
        yield from (json.dumps(one).encode() + b"\n" for one in (first, second))

    stage.provider.shelf.lines = refused
    batch = await run(client, line("a", chat(TEXT)) + line("b", chat(told(3))))
    first, second = await results(client, batch)
    assert first["response"]["body"]["error"]["message"] == f"refusé : {TEXT}"
    assert second["error"] == {"code": "batch_expired", "message": told(3)}


async def test_what_models_do_to_placeholders_is_undone(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.provider.alter = lambda text: text.replace("[", "").replace("]", "").lower()
    batch = await run(client, line("a", chat("Appelez le 06 39 98 41 27.")))
    (only,) = await results(client, batch)
    assert said(only) == "appelez le 06 39 98 41 27."


async def ending(stage: Stage) -> dict[str, object]:
    """The record of the end of the only reading, once it is written."""
    async with asyncio.timeout(20):
        while not (found := [one for one in stage.entries("closed") if "lines_without_answer" in one]):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    return found[0]


def many_times(lines: Iterator[bytes]) -> Iterator[bytes]:
    (only,) = lines
    return (only for _ in range(5_000))


async def test_results_that_are_cut_are_seen_to_be(stage: Stage, client: openai.AsyncOpenAI) -> None:
    batch = await run(client, line("a", chat(told(7))))
    stage.provider.shelf.lines = many_times
    stage.provider.shelf.cut = 200_000
    given = bytearray()

    async def read() -> None:
        async with client.files.with_streaming_response.content(batch.output_file_id) as answer:
            async for piece in answer.iter_bytes():
                given.extend(piece)

    with pytest.raises((httpx.RemoteProtocolError, openai.APIError)):
        await read()
    *whole, last = bytes(given).splitlines()
    assert json.loads(last)["error"]["code"] == "EG-4011"
    assert 0 < len(whole) < 5_000
    assert all("06 39 98" in said(json.loads(one)) for one in whole)
    end = await ending(stage)
    assert (end["status"], end["error"]) == ("cut", "EG-4011")


async def test_who_leaves_before_the_end_stops_the_provider(stage: Stage, client: openai.AsyncOpenAI) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    given = 0

    def endless(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal given
        (only,) = lines
        while True:
            given += 1
            yield only

    stage.provider.shelf.lines = endless
    async with aiohttp.ClientSession() as session:
        url = f"{stage.url}/files/{batch.output_file_id}/content"
        async with session.get(url, headers=HEAD) as answer:
            assert TEXT.encode() in await answer.content.readline()
    async with asyncio.timeout(20):
        while not any(one["status"] == "abandoned" for one in stage.entries("closed")):  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    before = given
    await asyncio.sleep(0.2)
    assert given == before


async def test_results_beyond_the_setting_are_stopped() -> None:
    async with (
        staged(Settings(max_results_bytes=100_000)) as stage,
        openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client,
    ):
        stage.provider.shelf.lines = many_times
        batch = await run(client, line("a", chat(told(7))))
        with pytest.raises((httpx.RemoteProtocolError, openai.APIError)):
            await client.files.content(batch.output_file_id)


async def test_values_come_back_in_the_arguments_of_tools(stage: Stage, client: openai.AsyncOpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "noter", "parameters": {"type": "object"}}}
    batch = await run(client, line("a", {**chat('Elle dit "06 39 98 41 27".'), "tools": [tool]}))
    (only,) = await results(client, batch)
    call = only["response"]["body"]["choices"][0]["message"]["tool_calls"][0]
    assert json.loads(call["function"]["arguments"]) == {"texte": 'Elle dit "06 39 98 41 27".'}


async def test_values_that_nobody_sent_are_counted_when_the_policy_has_answers_read(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    document = stage.company.policy.document
    checks = document.checks.model_copy(update={"answers": Reading.ALWAYS})
    stage.company.policy = Policy("lu", document.model_copy(update={"checks": checks}))
    stage.company.version += 1
    stage.provider.alter = lambda text: f"{text} Appelez plutôt le 06 39 98 77 66."
    batch = await run(client, line("a", chat(TEXT)) + line("b", chat("Écrivez à 192.168.12.7.")))
    await results(client, batch)
    end = await ending(stage)
    assert (end["checked"], end["unsent"]) == (True, {"PHONE": 2})


async def test_values_that_nobody_sent_are_taken_out_when_the_policy_says_so(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    document = stage.company.policy.document
    checks = document.checks.model_copy(update={"unsent": Unsent.MASK})
    stage.company.policy = Policy("retire", document.model_copy(update={"checks": checks}))
    stage.company.version += 1
    stage.provider.alter = lambda text: f"{text} Appelez plutôt le 06 39 98 77 66."
    batch = await run(client, line("a", chat(TEXT)) + line("b", chat("Le 06 39 98 77 66 ne répond pas.")))
    first, second = (str(one) for one in await results(client, batch))
    assert "39 98 77 66" not in first
    assert "donnée retirée : numéro de téléphone" in first
    assert "Garrigou" in first
    assert second.count("06 39 98 77 66") == 2  # its own request held it
    assert (await ending(stage))["withheld"] == {"PHONE": 1}


async def test_memory_does_not_grow_with_the_results(stage: Stage, client: openai.AsyncOpenAI) -> None:
    """One gigabyte takes as little: this size is for the time that a test may take."""
    batch = await run(client, line("a", chat(told(7))))

    def heavy(lines: Iterator[bytes]) -> Iterator[bytes]:
        content = json.loads(next(lines))
        content["response"]["body"]["choices"][0]["message"]["content"] += " La réponse suit." * 2_000
        one = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        return (one for _ in range(120_000_000 // len(one)))

    stage.provider.shelf.lines = heavy
    before = largest = memory()
    given = 0
    async with aiohttp.ClientSession() as session:
        url = f"{stage.url}/files/{batch.output_file_id}/content"
        async with session.get(url, headers=HEAD) as answer:
            async for piece in answer.content.iter_any():
                given += len(piece)
                largest = max(largest, memory())
    assert given > 100_000_000
    assert largest - before < 60_000_000


def memory() -> int:
    """What this process holds now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()
