"""Files that are wrong, hostile or cut: nothing of them leaves, and the caller is told which line and why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import openai
import pytest
from tests.contract.test_openai_batches import KEY, TEXT, URL, chat, line, results, run, said, uploaded
from tests.gateway.staging import OTHER_KEY, Stage, staged

from egide.gateway.batches import files, kept
from egide.policy.limits import Limit, Measure, Period, Subject
from egide.settings import Settings

HEAD = {"authorization": f"Bearer {KEY}"}


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


async def refusal(
    client: openai.AsyncOpenAI, content: bytes, name: str = "lot.jsonl"
) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as refused:
        await uploaded(client, content, name)
    return refused.value


GOOD = line("bonne", chat("Bonjour."))
BAD: dict[str, tuple[bytes, str, str]] = {
    "unknown field of the body": (line("a", {**chat("x"), "inconnu": 1}), "EG-4002", "« inconnu »"),
    "unknown field of the line": (line("a", chat("x"), secret="Garrigou"), "EG-4002", "« secret »"),
    "a name for a field": (line("a", chat("x"), **{"Solenne Garrigou": 1}), "EG-4002", "« ? »"),
    "another method": (line("a", chat("x")).replace(b"POST", b"GET"), "EG-4003", "« method »"),
    "an address that is closed": (line("a", chat("x"), "/v1/images/generations"), "EG-4003", "« url »"),
    "an address elsewhere": (line("a", chat("x"), "https://exemple.fr/v1/chat"), "EG-4003", "« url »"),
    "another protocol": (line("a", chat("x"), "/v1/messages"), "EG-4003", "« url »"),
    "another address than the rest": (
        line("a", {"model": "grand", "input": "x"}, "/v1/embeddings"),
        "EG-4069",
        "« url »",
    ),
    "another provider than the rest": (line("a", {**chat("x"), "model": "libre/x"}), "EG-4069", "« model »"),
    "an unknown model": (line("a", {**chat("x"), "model": "inconnu"}), "EG-4007", "« inconnu »"),
    "a stream": (line("a", {**chat("x"), "stream": True}), "EG-4003", "« stream »"),
    "the same name again": (line("bonne", chat("x")), "EG-4062", "demande 1"),
    "no name": (line("", chat("x")), "EG-4003", "« custom_id »"),
    "a value for a name": (line("0639984127", chat("x")), "EG-4016", "« custom_id »"),
    "the name of somebody of the line": (line("garrigou-2", chat(TEXT)), "EG-4016", "« custom_id »"),
    "a secret": (line("a", chat("La clé est sk-proj-abcdEFGH1234ijklMNOP5678qrst")), "EG-3001", "refus"),
    "what asks for a reason": (
        line("a", chat("Mme Solenne Garrigou suit une chimiothérapie pour un cancer du sein.")),
        "EG-3002",
        "justification",
    ),
    "not JSON": (b'{"custom_id": "Garrigou", \n', "EG-4005", "JSON"),
    "not an object": (b'["Garrigou"]\n', "EG-4005", "JSON"),
    "not UTF-8": (line("a", chat("Andre")).replace(b"Andre", "André".encode("latin-1")), "EG-4005", "JSON"),
    "UTF-16": (line("a", chat("x")).decode().encode("utf-16"), "EG-4005", "JSON"),
    "no body": (line("a", {}).replace(b"{}", b"null"), "EG-4003", "« body »"),
}


@pytest.mark.parametrize("name", BAD)
async def test_one_bad_line_refuses_the_file(stage: Stage, client: openai.AsyncOpenAI, name: str) -> None:
    bad, code, words = BAD[name]
    problem = await refusal(client, GOOD + b"\n" + bad + line("autre", chat("Bonsoir.")))
    assert problem.code == "EG-4061"
    assert f"ligne 3 ({code})" in problem.message
    assert words in problem.message
    assert not any(value in problem.message for value in ("Garrigou", "0639984127", "sk-proj", "Solenne"))
    assert not stage.provider.received
    assert not stage.provider.shelf.asked
    (entry,) = stage.entries("refused")
    assert (entry["error"], entry["dialect"]) == ("EG-4061", "files")
    assert "Garrigou" not in str(entry)


async def test_all_refused_lines_are_told_up_to_twenty(stage: Stage, client: openai.AsyncOpenAI) -> None:
    bad = [
        line(str(n), {**chat("x"), "inconnu": 1}) if n % 2 else line(str(n), chat("x")) for n in range(1, 9)
    ]
    message = (await refusal(client, b"".join(bad))).message
    assert [f"ligne {n} " in message for n in range(1, 9)] == [n % 2 == 1 for n in range(1, 9)]
    message = (await refusal(client, b"x\n" * 5_000)).message
    assert "de 20 de ses demandes (et peut-être d'autres)" in message
    entry = stage.entries("refused")[-1]
    assert (entry["refused_lines"], entry["lines"]) == (20, 20)


async def test_line_ends_of_windows_a_byte_order_mark_and_empty_lines(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    lines = [line("a", chat(TEXT)).strip(), b"", b"  \t", line("b", chat("Bonjour.")).strip()]
    batch = await run(client, b"\xef\xbb\xbf" + b"\r\n".join(lines))
    assert [said(one) for one in await results(client, batch)] == [TEXT, "Bonjour."]
    assert [one["custom_id"] for one in stage.provider.received[0].body["lines"]] == ["a", "b"]


@pytest.mark.parametrize("content", [b"", b"\n\r\n  \n", b"\xef\xbb\xbf"])
async def test_a_file_without_a_request_is_refused(
    stage: Stage, client: openai.AsyncOpenAI, content: bytes
) -> None:
    assert (await refusal(client, content)).code == "EG-4003"
    assert not stage.provider.received


async def test_a_line_of_fifty_megabytes_is_refused_with_its_number(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    problem = await refusal(client, GOOD + line("a", chat("a" * 50_000_000)) + line("b", chat("x")))
    assert "ligne 2 (EG-4006)" in problem.message
    assert "50000" in problem.message
    assert not stage.provider.received


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mme Solenne Garrigou.jsonl", "EG-4061"),
        ("06 39 98 41 27.jsonl", "EG-4061"),
        ("a/b.jsonl", "EG-4003"),
    ],
)
async def test_a_name_of_a_file_that_holds_a_value_is_refused(
    stage: Stage, client: openai.AsyncOpenAI, name: str, code: str
) -> None:
    problem = await refusal(client, GOOD, name)
    assert problem.code == code
    assert "« filename »" in problem.message
    assert "Garrigou" not in problem.message
    assert not stage.provider.received


@pytest.mark.parametrize("purpose", ["assistants", "vision", "user_data", "fine-tune", "evals", "autre"])
async def test_other_purposes_are_refused_with_the_reason(
    stage: Stage, client: openai.AsyncOpenAI, purpose: Any
) -> None:
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await client.files.create(file=("a.txt", BytesIO(TEXT.encode())), purpose=purpose)
    assert refused.value.code == "EG-4063"
    assert "Rien n'a été transmis" in refused.value.message
    assert not stage.provider.shelf.asked


async def test_how_long_the_provider_keeps_the_file_is_passed_on_or_refused(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    file = ("lot.jsonl", BytesIO(GOOD))
    await client.files.create(
        file=file, purpose="batch", expires_after={"anchor": "created_at", "seconds": 3600}
    )
    assert stage.provider.received[0].body["purpose"] == "batch"
    for wrong in (
        {"anchor": "06 39 98 41 27", "seconds": 3600},
        {"anchor": "created_at", "seconds": "Garrigou"},
    ):
        with pytest.raises(openai.BadRequestError) as refused:
            await client.files.create(file=("lot.jsonl", GOOD), purpose="batch", expires_after=wrong)  # type: ignore[arg-type]
        assert refused.value.code == "EG-4003"
    assert len(stage.provider.received) == 1


async def test_a_field_of_the_form_that_is_not_known_is_refused(stage: Stage) -> None:
    form = aiohttp.FormData({"purpose": "batch", "note": "Mme Garrigou"})
    form.add_field("file", GOOD, filename="lot.jsonl")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/files", data=form, headers=HEAD) as answer,
    ):
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, "EG-4002")
    assert not stage.provider.received


async def test_the_purpose_may_come_after_the_file(stage: Stage) -> None:
    for purpose, status in (("batch", 200), ("assistants", 403)):
        form = aiohttp.FormData()
        form.add_field("file", GOOD, filename="lot.jsonl")
        form.add_field("purpose", purpose)
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{stage.url}/files", data=form, headers=HEAD) as answer,
        ):
            assert answer.status == status
    assert len(stage.provider.received) == 1


async def test_an_upload_that_is_cut_sends_nothing(stage: Stage) -> None:
    async def half() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--b\r\n'
        yield b'Content-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n' + GOOD * 1
        for number in range(50):
            yield line(str(number), chat(TEXT))
        raise ConnectionResetError

    kind = {"content-type": "multipart/form-data; boundary=b"}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            await session.post(f"{stage.url}/files", data=half(), headers=HEAD | kind)
    # A body that ends whole, but in the middle of its last part.
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n' + GOOD
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/files", data=body, headers=HEAD | kind) as answer,
    ):
        assert (await answer.json())["error"]["code"] == "EG-4003"
    await asyncio.sleep(0.2)
    assert not stage.provider.received
    assert not stage.provider.shelf.asked


async def test_a_file_larger_than_the_setting_is_refused() -> None:
    async with (
        staged(Settings(max_batch_bytes=10_000, max_batch_lines=5)) as stage,
        openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client,
    ):
        problem = await refusal(client, GOOD * 3_000)
        assert (problem.status_code, problem.code) == (413, "EG-4060")
        problem = await refusal(client, b"".join(line(str(n), chat("x")) for n in range(6)))
        assert (problem.status_code, problem.code) == (413, "EG-4060")
        assert "5 demandes" in problem.message
        await uploaded(client, b"".join(line(str(n), chat("x")) for n in range(5)))
        assert len(stage.provider.received) == 1


async def test_the_journal_tells_types_and_counts_of_the_whole(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    batch = await run(client, line("a", chat(TEXT)) + line("b", chat(TEXT)) + line("c", chat("Bonjour.")))
    await results(client, batch)
    async with asyncio.timeout(20):
        while len(stage.entries("closed")) < 3:  # noqa: ASYNC110 - written by a thread that tells nobody
            await asyncio.sleep(0.005)
    file, made, read = stage.entries("opened")
    assert (file["dialect"], made["dialect"], read["dialect"]) == ("files", "batches", "batch-results")
    assert (file["lines"], made["lines"]) == (3, 3)
    assert file["labels"] == file["masked"] == {"PERSON": 2, "PHONE": 2}
    assert {one["model"] for one in (file, made, read)} == {"grand"}
    assert (file["action"], file["provider"]) == ("mask", "ailleurs")
    ends = stage.entries("closed")
    assert [one["status"] for one in ends] == ["complete"] * 3
    (end,) = (one for one in ends if "lines_without_answer" in one)
    assert (end["lines"], end["output_tokens"], end["lines_without_answer"]) == (3, 21, 0)


async def test_each_request_counts_for_the_limits(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.company.limits = (Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 10),)
    content = b"".join(line(str(n), chat("x")) for n in range(4))
    file = await uploaded(client, content)
    for _ in range(2):
        await client.batches.create(input_file_id=file.id, endpoint=URL, completion_window="24h")
    with pytest.raises(openai.RateLimitError) as refused:
        await client.batches.create(input_file_id=file.id, endpoint=URL, completion_window="24h")
    assert refused.value.code == "EG-4067"
    assert "4 demandes" in refused.value.message
    assert "reste que 2" in refused.value.message
    await client.chat.completions.create(**chat("x"))
    assert len(stage.provider.shelf.batches) == 2


async def test_a_limit_that_is_reached_refuses_the_file_at_once(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    stage.company.limits = (Limit(Subject.PERSON, Measure.REQUESTS, Period.DAY, 1),)
    await client.chat.completions.create(**chat("x"))
    problem = await refusal(client, GOOD)
    assert (problem.status_code, problem.code) == (429, "EG-4040")


async def test_once_the_vault_has_forgotten_the_values_the_caller_is_told(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    stage.store.sealed._entries.clear()
    stage.provider.shelf.asked.clear()
    with pytest.raises(openai.APIStatusError) as refused:
        await client.files.content(batch.output_file_id)
    assert (refused.value.status_code, refused.value.code) == (410, "EG-4066")
    assert "30 jours" in refused.value.message
    with pytest.raises(openai.APIStatusError) as refused:
        await client.batches.create(input_file_id=batch.input_file_id, endpoint=URL, completion_window="24h")
    assert refused.value.code == "EG-4066"
    assert not stage.provider.shelf.asked
    assert (await client.files.delete(batch.output_file_id)).deleted


@pytest.mark.parametrize(
    ("days", "reads", "creates"), [(27.9, True, True), (28.1, True, False), (30.1, False, False)]
)
async def test_a_batch_is_refused_when_its_answers_would_come_too_late(
    stage: Stage,
    client: openai.AsyncOpenAI,
    monkeypatch: pytest.MonkeyPatch,
    days: float,
    reads: bool,
    creates: bool,
) -> None:
    batch = await run(client, line("a", chat(TEXT)))
    began = kept.time.time()
    monkeypatch.setattr(kept.time, "time", lambda: began + days * 24 * 3600)
    ask: dict[str, Any] = {"endpoint": URL, "completion_window": "24h"}
    for call, allowed in (
        (client.files.content(batch.output_file_id), reads),
        (client.batches.create(input_file_id=batch.input_file_id, **ask), creates),
    ):
        if allowed:
            await call
        else:
            with pytest.raises(openai.APIStatusError) as refused:
                await call
            assert refused.value.code == "EG-4066"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"endpoint": "/v1/embeddings"}, "EG-4069"),
        ({"completion_window": "06 39 98 41 27"}, "EG-4003"),
        ({"inconnu": 1}, "EG-4002"),
        ({"output_expires_after": {"anchor": "Garrigou", "seconds": 3600}}, "EG-4003"),
        ({"metadata": {"clef": "sk-proj-abcdEFGH1234ijklMNOP5678qrst"}}, "EG-3001"),
        ({"input_file_id": 3}, "EG-4003"),
    ],
)
async def test_a_batch_that_is_not_read_whole_is_refused(
    stage: Stage, client: openai.AsyncOpenAI, more: dict[str, Any], code: str
) -> None:
    file = await uploaded(client, GOOD)
    stage.provider.received.clear()
    body = {"input_file_id": file.id, "endpoint": URL, "completion_window": "24h", **more}
    with pytest.raises(openai.APIStatusError) as refused:
        await client.post("/batches", body=body, cast_to=object)
    assert refused.value.code == code
    assert not stage.provider.received
    assert [one["error"] for one in stage.entries("refused")] == [code]


async def test_a_file_is_for_one_model(stage: Stage, client: openai.AsyncOpenAI) -> None:
    lines = (line(name, {**chat("x"), "model": f"libre/{name}"}) for name in ("a", "b"))
    problem = await refusal(client, b"".join(lines))
    assert "ligne 2 (EG-4069)" in problem.message
    assert not stage.provider.received


async def test_a_journal_that_fails_lets_nothing_leave(stage: Stage, client: openai.AsyncOpenAI) -> None:
    stage.store.broken = True
    problem = await refusal(client, line("a", chat(TEXT)))
    assert (problem.status_code, problem.code) == (503, "EG-5001")
    assert not stage.provider.received


async def test_many_uploads_at_once_do_not_mix(stage: Stage, client: openai.AsyncOpenAI) -> None:
    async def one(number: int) -> None:
        texts = {f"{number}-{n}": f"Mon numéro est le 06 39 98 {number:02} {n:02}." for n in range(10)}
        batch = await run(client, b"".join(line(name, chat(text)) for name, text in texts.items()))
        assert {a["custom_id"]: said(a) for a in await results(client, batch)} == texts

    await asyncio.gather(*(one(number) for number in range(12)))
    assert "06 39 98" not in json.dumps([one.body for one in stage.provider.received])


async def test_only_so_many_files_are_gathered_at_once(stage: Stage) -> None:
    held, begun = asyncio.Event(), 0

    async def slow() -> AsyncIterator[bytes]:
        nonlocal begun
        begun += 1
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n' + GOOD
        await held.wait()
        yield b'\r\n--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--b--'

    async def send(session: aiohttp.ClientSession, key: str = KEY) -> tuple[int, str]:
        head = {"content-type": "multipart/form-data; boundary=b", "authorization": f"Bearer {key}"}
        async with session.post(f"{stage.url}/files", data=slow(), headers=head) as answer:
            return answer.status, await answer.text()

    async def gathered(count: int) -> None:
        while stage.gateway._stored._gathering.total() < count:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.005)

    async with aiohttp.ClientSession() as session:
        first = [asyncio.create_task(send(session)) for _ in range(12)]
        await gathered(12)
        status, text = await send(session)
        assert (status, "EG-4015" in text) == (503, True)
        first += [asyncio.create_task(send(session, OTHER_KEY)) for _ in range(4)]
        await gathered(16)
        assert (await send(session, OTHER_KEY))[0] == 503
        held.set()
        assert {status for status, _ in await asyncio.gather(*first)} == {200}
        assert (await send(session))[0] == 200


async def test_an_upload_that_falls_silent_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE_SECONDS", 0.05)

    async def silent() -> AsyncIterator[bytes]:
        yield b"--b\r\n"
        await asyncio.sleep(20)

    kind = {"content-type": "multipart/form-data; boundary=b"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/files", data=silent(), headers=HEAD | kind) as answer,
    ):
        assert (await answer.json())["error"]["code"] == "EG-4003"
    assert not stage.provider.received
