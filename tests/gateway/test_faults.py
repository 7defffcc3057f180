"""The provider hangs, cuts, lies; the caller leaves; the journal or the detector fails."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from typing import Any

import aiohttp
import pytest
from tests.gateway.staging import KEY, Stage, staged

from egide.detection import Detector
from egide.detection.recogniser import Source
from egide.detection.view import View
from egide.settings import Settings

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27, née à Évry."
HEAD = {"authorization": f"Bearer {KEY}"}
ASK = {"max_tokens": 99, "messages": [{"role": "user", "content": TEXT}]}
STREAMED: dict[str, dict[str, Any]] = {
    "/chat/completions": {"model": "grand", **ASK},
    "/messages": {"model": "fin", **ASK},
    "/completions": {"model": "grand", "prompt": TEXT},
    "/responses": {"model": "grand", "input": TEXT},
}
FIGURES: dict[str, dict[str, Any]] = {
    "/embeddings": {"model": "grand", "input": TEXT},
    "/moderations": {"model": "grand", "input": TEXT},
    "/messages/count_tokens": {"model": "fin", "messages": ASK["messages"]},
}
PATHS = STREAMED | FIGURES


async def post(stage: Stage, path: str, **more: Any) -> tuple[int, str]:
    body = {**PATHS[path], **more}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}{path}", json=body, headers=HEAD) as answer,
    ):
        return answer.status, await answer.text()


def last_event(text: str) -> dict[str, Any]:
    data = [line.removeprefix("data: ") for line in text.splitlines() if line.startswith("data: ")]
    content: dict[str, Any] = json.loads(data[-1])
    return content


@pytest.mark.parametrize("path", STREAMED)
@pytest.mark.parametrize("fault", ["cut", "half-event", "half-character", "no-end"])
async def test_a_stream_that_stops_before_its_end_says_so(stage: Stage, path: str, fault: Any) -> None:
    stage.provider.fault = fault
    status, text = await post(stage, path, stream=True)
    assert status == 200
    assert "EG-4011" in last_event(text)["error"]["message"]
    assert "[DONE]" not in text
    assert "message_stop" not in text
    assert "response.completed" not in text
    closed = await stage.closed()
    assert (closed["status"], closed["error"]) == ("cut", "EG-4011")


@pytest.mark.parametrize("path", ["/messages", "/responses"])
async def test_a_failure_told_in_the_stream_is_told_in_our_words(stage: Stage, path: str) -> None:
    stage.provider.fault = "error-event"
    _, text = await post(stage, path, stream=True)
    assert "EG-4009" in last_event(text)["error"]["message"]
    assert "surcharge" not in text
    assert (await stage.closed())["status"] == "failed"


@pytest.mark.parametrize("path", STREAMED)
async def test_an_event_that_is_not_json_stops_the_stream(stage: Stage, path: str) -> None:
    stage.provider.fault = "not-json"
    _, text = await post(stage, path, stream=True)
    assert "EG-4010" in last_event(text)["error"]["message"]
    assert "oops" not in text


@pytest.mark.parametrize(
    ("path", "more"), [*((path, {}) for path in PATHS), *((path, {"stream": True}) for path in STREAMED)]
)
async def test_an_answer_of_another_type_is_not_passed_on(
    stage: Stage, path: str, more: dict[str, Any]
) -> None:
    stage.provider.fault = "wrong-type"
    status, text = await post(stage, path, **more)
    assert status == 502
    assert "EG-4010" in text
    assert "maintenance" not in text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("fault", "code"), [("not-json", "EG-4010"), ("empty", "EG-4010"), ("cut", "EG-4011")]
)
async def test_a_whole_answer_that_is_broken_is_not_passed_on(
    stage: Stage, path: str, fault: Any, code: str
) -> None:
    stage.provider.fault = fault
    status, text = await post(stage, path)
    assert (status, code in text) == (502, True)


@pytest.mark.parametrize("path", FIGURES)
@pytest.mark.parametrize("status", [400, 429, 500])
async def test_an_error_of_the_provider_comes_back_in_its_words(stage: Stage, path: str, status: int) -> None:
    stage.provider.status = status
    answered, text = await post(stage, path)
    assert (answered, "EG-4009" in text, TEXT in text) == (status, True, True)
    assert "Garrigou" not in str(stage.provider.received)


@pytest.mark.parametrize("path", FIGURES)
async def test_figures_are_not_released_when_the_journal_fails(stage: Stage, path: str) -> None:
    stage.store.broken = True
    status, text = await post(stage, path)
    assert (status, "EG-5001" in text) == (503, True)


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_silent_provider_is_given_up(streamed: bool) -> None:
    async with staged(Settings(upstream_read_seconds=0.2)) as stage:
        stage.provider.fault = "hang"
        status, text = await post(stage, "/chat/completions", stream=streamed)
        assert (status, "EG-4008" in text) == (502, True)
        await asyncio.wait_for(stage.provider.left.wait(), 10)
        assert (await stage.closed())["status"] == "failed"


async def test_a_provider_that_falls_silent_in_the_stream_is_given_up() -> None:
    async with staged(Settings(upstream_read_seconds=0.2)) as stage:
        stage.provider.fault = "hang-in-stream"
        _, text = await post(stage, "/chat/completions", stream=True)
        assert last_event(text)["error"]["code"] == "EG-4011"
        await asyncio.wait_for(stage.provider.left.wait(), 10)


async def test_a_provider_that_is_down(stage: Stage) -> None:
    await stage.provider.stop()
    status, text = await post(stage, "/chat/completions")
    assert (status, "EG-4008" in text) == (502, True)
    assert (await stage.closed())["status"] == "failed"


async def test_an_answer_beyond_the_limit_is_stopped() -> None:
    async with staged(Settings(max_answer_bytes=1000)) as stage:
        _, text = await post(stage, "/chat/completions", stream=True)
        assert last_event(text)["error"]["code"] == "EG-4010"


@pytest.mark.parametrize("path", ["/chat/completions", "/messages"])
async def test_an_answer_of_a_gigabyte_is_given_up(stage: Stage, path: str) -> None:
    stage.provider.fault = "endless"
    status, text = await post(stage, path)
    assert (status, "EG-4010" in text) == (502, True)
    await asyncio.wait_for(stage.provider.left.wait(), 10)


@pytest.mark.parametrize("path", STREAMED)
@pytest.mark.parametrize("fault", ["endless", "endless-event"])
async def test_a_stream_without_end_is_given_up(path: str, fault: Any) -> None:
    async with staged(Settings(max_answer_bytes=1_000_000)) as stage:
        stage.provider.fault = fault
        _, text = await post(stage, path, stream=True)
        assert "EG-4010" in str(last_event(text)["error"])
        assert len(text) < 2_000_000
        await asyncio.wait_for(stage.provider.left.wait(), 10)


async def test_one_event_without_end_is_given_up_long_before_the_limit(stage: Stage) -> None:
    stage.provider.fault = "endless-event"
    _, text = await post(stage, "/chat/completions", stream=True)
    assert last_event(text)["error"]["code"] == "EG-4010"
    await asyncio.wait_for(stage.provider.left.wait(), 10)
    assert int(str((await stage.closed())["answer_bytes"])) < 10_000_000


async def test_a_request_beyond_the_limit_is_refused() -> None:
    async with staged(Settings(max_request_bytes=1000)) as stage:
        status, text = await post(stage, "/chat/completions", stop=["x" * 1000])
        assert (status, "EG-4006" in text) == (413, True)
        assert not stage.provider.received


@pytest.mark.parametrize("streamed", [False, True])
async def test_a_caller_who_leaves_stops_the_provider(stage: Stage, streamed: bool) -> None:
    stage.provider.fault = "hang-in-stream" if streamed else "hang"
    sent = asyncio.create_task(post(stage, "/chat/completions", stream=streamed))
    async with asyncio.timeout(10):
        if streamed:
            await stage.provider.answering.wait()
        while not stage.provider.received:  # noqa: ASYNC110 - the provider has no event for it
            await asyncio.sleep(0.005)
    sent.cancel()
    await asyncio.wait_for(stage.provider.left.wait(), 10)
    assert (await stage.closed())["status"] == "abandoned"
    assert len(stage.entries("opened")) == 1


@pytest.mark.parametrize("streamed", [False, True])
async def test_nothing_is_released_when_the_journal_fails(stage: Stage, streamed: bool) -> None:
    stage.store.broken = True
    status, text = await post(stage, "/chat/completions", stream=streamed)
    assert (status, "EG-5001" in text) == (503, True)
    assert "Garrigou" not in text
    stage.store.broken = False
    assert (await post(stage, "/chat/completions", stream=streamed))[0] == 200
    assert (await stage.closed())["status"] == "complete"
    assert len(stage.entries("opened")) == 1


async def test_who_leaves_after_the_last_byte_abandons_nothing(stage: Stage) -> None:
    stage.provider.fault = "hang-at-end"
    _, text = await post(stage, "/chat/completions", stream=True)
    assert text.endswith("data: [DONE]\n\n")
    assert (await stage.closed())["status"] == "complete"


class Broken:
    """A source of findings that crashes on the text, which its error quotes."""

    def find(self, view: View) -> Sequence[Any]:
        if "Garrigou" in view.text:
            raise ValueError(view.text)
        return ()


async def test_nothing_leaves_when_the_detector_crashes(caplog: pytest.LogCaptureFixture) -> None:
    def make(extra: Sequence[Source]) -> Detector:
        return Detector([Broken()])

    async with staged(make_detector=make) as stage:
        status, text = await post(stage, "/chat/completions")
        assert (status, "EG-1002" in text) == (500, True)
        assert not stage.provider.received
        assert stage.entries("refused")[0]["error"] == "EG-1002"
    assert "Garrigou" not in caplog.text
    assert "Garrigou" not in text


class Stuck:
    """A source of findings that is not done with a text until it is told so."""

    def __init__(self) -> None:
        self.told = threading.Event()

    def find(self, view: View) -> Sequence[Any]:
        if "interminable" in view.text:
            self.told.wait()
        return ()


async def test_nothing_leaves_when_the_detector_does_not_end() -> None:
    stuck = Stuck()
    long = "Un texte ordinaire. " * 300

    def make(extra: Sequence[Source]) -> Detector:
        return Detector([stuck])

    async with staged(Settings(analysis_seconds=0.3), make_detector=make) as stage:
        try:
            asked = [{"role": "user", "content": f"interminable {long}"}]
            # More of them than there are threads: the next caller must be served all the same.
            given_up = [await post(stage, "/chat/completions", messages=asked) for _ in range(3)]
            assert {status for status, _ in given_up} == {503}
            assert all("EG-1004" in text for _, text in given_up)
            assert not stage.provider.received
            assert [one["error"] for one in stage.entries("refused")] == ["EG-1004"] * 3
            status, _ = await post(stage, "/chat/completions", messages=[{"role": "user", "content": long}])
            assert (status, len(stage.provider.received)) == (200, 1)
        finally:
            stuck.told.set()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/chat/completions", 405, "EG-4014"),
        ("POST", "/models", 405, "EG-4014"),
        ("DELETE", "/models/grand", 405, "EG-4014"),
        ("GET", "/embeddings", 405, "EG-4014"),
        ("PUT", "/messages/count_tokens", 405, "EG-4014"),
        ("GET", "/models/{…}", 404, "EG-4007"),
        ("PATCH", "/uploads/a/b/c", 403, "EG-4027"),
        ("PATCH", "/files/a/b/c", 404, "EG-4013"),
        ("PATCH", "/files/0612345678", 405, "EG-4014"),
        ("GET", "/files/0612345678", 404, "EG-4065"),
        ("POST", "/files/0612345678/content", 405, "EG-4014"),
        ("GET", "/batches/0612345678/0612345678", 404, "EG-4013"),
        ("PUT", "/messages/batches", 405, "EG-4014"),
        ("GET", "/messages/batches/0612345678/results", 404, "EG-4065"),
        ("POST", "/embeddings/tout", 404, "EG-4013"),
        ("POST", "/fine_tuning/jobs", 404, "EG-4013"),
        ("POST", "/messages/inconnu", 404, "EG-4013"),
        ("GET", "/responses", 405, "EG-4014"),
        ("GET", "/responses/resp_0612345678", 404, "EG-4013"),
        ("DELETE", "/responses/resp_0612345678", 404, "EG-4013"),
        ("GET", "/responses/resp_0612345678/input_items", 404, "EG-4013"),
        ("POST", "/responses/resp_0612345678/cancel", 404, "EG-4013"),
        ("POST", "/jean.dupont0612345678", 404, "EG-4013"),
    ],
)
async def test_other_addresses_and_methods(
    stage: Stage, method: str, path: str, status: int, code: str
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{stage.url}{path}", headers=HEAD) as answer,
    ):
        text = await answer.text()
    assert (answer.status, code in text) == (status, True)
    assert "0612345678" not in text


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"a": ', b'{"model": "grand"}', b'{"model": 3, "messages": []}']
)
async def test_bodies_that_are_not_requests(stage: Stage, raw: bytes) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", data=raw, headers=HEAD) as answer,
    ):
        assert answer.status == 400
        assert (await answer.json())["error"]["code"] in ("EG-4003", "EG-4005")
    assert not stage.provider.received
