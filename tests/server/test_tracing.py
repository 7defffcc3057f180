"""Traces: what the environment asks for, and what a real collector on a socket receives."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import openai
import pytest
from aiohttp import web
from tests.gateway.staging import KEY, Stage, staged
from tests.server.conftest import Serve
from tests.server.test_counting import prepare

from egide.errors import SettingsError
from egide.gateway.loopback import Loopback
from egide.policy.limits import Limit, Measure, Period, Subject
from egide.ports import Trace
from egide.server.tracing import asked, attributes, check_installed, tracing

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
TRACE_ID, SPAN_ID = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
PARENT = f"00-{TRACE_ID}-{SPAN_ID}-01"
ASKED = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}
PERSONAL = ("Garrigou", "39 98", "p-1", "k-1", KEY, "secret-o", "redaction", "julie", "entreprise.example")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        (ASKED, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:1/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": " "}, False),
        ({**ASKED, "OTEL_SDK_DISABLED": "true"}, False),
        ({**ASKED, "OTEL_TRACES_EXPORTER": "none"}, False),
        ({**ASKED, "OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({"OTEL_SERVICE_NAME": "egide"}, False),
    ],
)
def test_only_the_standard_variables_ask_for_traces(environ: dict[str, str], expected: bool) -> None:
    assert asked(environ) is expected
    if not expected:
        assert tracing(environ) is None


def test_a_library_that_is_missing_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "egide.server.spans", None)
    check_installed({})
    with pytest.raises(SettingsError, match=r"EG-7005.*traces OpenTelemetry.*egide\[otel\]"):
        check_installed(ASKED)


def test_a_protocol_that_is_not_spoken_stops_the_start() -> None:
    with pytest.raises(SettingsError, match=r"EG-7001.*OTEL_EXPORTER_OTLP_PROTOCOL.*http/protobuf"):
        check_installed({**ASKED, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})


def test_what_is_not_known_is_left_out() -> None:
    told = attributes(Trace("openai-chat", "openai", "refused", "EG-4007", 1, 2))
    assert told == {
        "gen_ai.operation.name": "chat",
        "gen_ai.system": "openai",
        "gen_ai.provider.name": "openai",
        "error.type": "EG-4007",
        "egide.dialect": "openai-chat",
        "egide.status": "refused",
    }


class Told:
    """A tracer that keeps what it is told."""

    def __init__(self) -> None:
        self.traces: list[Trace] = []

    def exchange(self, trace: Trace) -> None:
        self.traces.append(trace)


async def ask(stage: Stage, **more: Any) -> None:
    head = {"traceparent": PARENT, "tracestate": "vendeur=Garrigou"}
    async with openai.AsyncOpenAI(
        base_url=stage.url, api_key=KEY, max_retries=0, default_headers=head
    ) as client:
        messages: Any = [{"role": "user", "content": TEXT}]
        answer: Any = await client.chat.completions.create(**{"model": "grand", "messages": messages, **more})
        if more.get("stream"):
            async for _ in answer:
                pass


async def test_each_exchange_is_told_once_however_it_ends() -> None:
    told = Told()
    async with staged(tracer=told) as stage:
        await ask(stage)
        await ask(stage, stream=True)
        for more in ({"model": "inconnu"}, {"extra_body": {"inconnu": TEXT}}):
            with pytest.raises(openai.APIStatusError):
                await ask(stage, **more)
        stage.provider.status = 500
        with pytest.raises(openai.APIStatusError):
            await ask(stage)
        stage.provider.status, stage.provider.fault = 200, "cut"
        with pytest.raises(openai.APIError):
            await ask(stage, stream=True)
        stage.provider.fault = None
        stage.company.limits = (Limit(Subject.COMPANY, Measure.REQUESTS, Period.DAY, 1),)
        await ask(stage)
        with pytest.raises(openai.RateLimitError):
            await ask(stage)
    ends = [(one.status, one.error, one.upstream_status) for one in told.traces]
    assert ends == [
        ("complete", None, 200),
        ("complete", None, 200),
        ("refused", "EG-4007", None),
        ("refused", "EG-4002", None),
        ("failed", "EG-4009", 500),
        ("cut", "EG-4011", 200),
        ("complete", None, 200),
        ("refused", "EG-4040", None),
    ]
    assert {one.parent for one in told.traces} == {PARENT}
    first = told.traces[0]
    assert (first.input_tokens, first.output_tokens, first.masked, first.finish) == (11, 7, 2, "stop")
    assert (first.provider, first.trust, first.model) == ("ailleurs", "public", "grand")
    assert 0 < first.ended - first.began < 60e9
    opened = [record.entry.exchange for record in stage.store.read() if record.entry.kind == "opened"]
    assert opened == [one.exchange for one in told.traces if one.exchange]
    assert not [value for value in PERSONAL if value in repr(told.traces)]


async def test_a_tracer_that_breaks_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def exchange(self, trace: Trace) -> None:
            raise OSError(TEXT)

    async with staged(tracer=Broken()) as stage:
        await ask(stage)
        assert (await stage.closed())["status"] == "complete"
        with pytest.raises(openai.NotFoundError):
            await ask(stage, model="inconnu")
    assert "exchange not traced" in caplog.text
    assert "Garrigou" not in caplog.text


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[str, list[bytes]]]:
    """A receiver of OTLP over HTTP: its address, and the bodies that it received."""
    bodies: list[bytes] = []

    async def receive(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        assert request.headers["content-type"] == "application/x-protobuf"
        return web.Response(body=b"", content_type="application/x-protobuf")

    app = web.Application()
    app.router.add_post("/v1/traces", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", bodies
    finally:
        await runner.cleanup()


def spans_of(bodies: list[bytes]) -> tuple[list[Any], dict[str, str]]:
    """The spans, and the resource that they are of."""
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    found, resource = [], {}
    for body in bodies:
        for one in ExportTraceServiceRequest.FromString(body).resource_spans:
            resource |= {each.key: each.value.string_value for each in one.resource.attributes}
            found += [span for scope in one.scope_spans for span in scope.spans]
    return found, resource


def read(span: Any) -> dict[str, Any]:
    """The attributes of a span."""
    told = {}
    for one in span.attributes:
        kind = one.value.WhichOneof("value")
        value = getattr(one.value, kind)
        told[one.key] = [each.string_value for each in value.values] if kind == "array_value" else value
    return told


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_a_collector_receives_one_span_an_exchange(workers: str, serve: Serve, tmp_path: Path) -> None:
    spans_of([])
    async with Loopback() as provider, collector() as (address, bodies):
        key = await asyncio.to_thread(prepare, tmp_path / "data", provider, 1000)
        environ = {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_SERVICE_NAME": "passerelle-essai"}
        served = await asyncio.to_thread(lambda: serve("--workers", workers, **environ))
        body = {"model": "echo", "messages": [{"role": "user", "content": TEXT}]}
        head = {"authorization": f"Bearer {key}", "traceparent": PARENT, "tracestate": "v=Garrigou"}
        async with aiohttp.ClientSession(headers=head) as session:
            for sent, status in ((body, 200), ({**body, "stream": True}, 200), ({**body, "inconnu": 1}, 400)):
                async with session.post(f"{served.url}/v1/chat/completions", json=sent) as answer:
                    await answer.read()
                    assert answer.status == status
        assert await asyncio.to_thread(served.stop) == 0  # what waits is sent
    spans, resource = spans_of(bodies)
    assert resource["service.name"] == "passerelle-essai"
    assert len(spans) == 3
    for span in spans:
        assert span.trace_id.hex() == TRACE_ID
        assert span.parent_span_id.hex() == SPAN_ID
        assert span.trace_state == ""
        assert 0 < span.end_time_unix_nano - span.start_time_unix_nano < 60e9
    whole, _, refused = sorted(spans, key=lambda span: span.start_time_unix_nano)
    assert whole.name == "chat echo"
    told = read(whole)
    assert told["gen_ai.system"] == "openai"
    assert told["gen_ai.request.model"] == "echo"
    assert (told["gen_ai.usage.input_tokens"], told["gen_ai.usage.output_tokens"]) == (11, 7)
    assert told["gen_ai.response.finish_reasons"] == ["stop"]
    assert (told["egide.status"], told["egide.masked"]) == ("complete", 2)
    assert (refused.status.code, read(refused)["error.type"]) == (2, "EG-4002")
    sent_out = b"".join(bodies)
    assert not [value for value in (*PERSONAL, key) if value.encode() in sent_out]


async def test_a_collector_that_is_away_delays_nobody(serve: Serve, tmp_path: Path) -> None:
    spans_of([])
    async with Loopback() as provider:
        key = await asyncio.to_thread(prepare, tmp_path / "data", provider, 1000)
        served = await asyncio.to_thread(lambda: serve(**ASKED))
        body = {"model": "echo", "messages": [{"role": "user", "content": TEXT}]}
        async with aiohttp.ClientSession(headers={"authorization": f"Bearer {key}"}) as session:
            async with asyncio.timeout(10):
                for _ in range(5):
                    async with session.post(f"{served.url}/v1/chat/completions", json=body) as answer:
                        assert answer.status == 200
        async with asyncio.timeout(15):
            assert await asyncio.to_thread(served.stop) == 0
