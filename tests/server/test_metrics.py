from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from tests.server.conftest import Serve, Served
from tests.server.test_counting import prepare

from egide.errors import SettingsError
from egide.gateway.journalling import JournalState
from egide.gateway.loopback import Loopback
from egide.server import metrics as measuring
from egide.server.metrics import Metrics, endpoint
from egide.server.observing import observing
from egide.settings import load

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
TOKEN = "jeton-de-mesure-bien-long"
Values = dict[tuple[str, str], float]


def read(text: str) -> Values:
    """Each sample by its name and its labels' values, as the library's own parser reads them."""
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def ask(served: Served, key: str, times: int = 1, **more: object) -> list[int]:
    body = {"model": "echo", "messages": [{"role": "user", "content": TEXT}], **more}

    async def once(session: aiohttp.ClientSession) -> int:
        head = {"authorization": f"Bearer {key}"}
        async with session.post(f"{served.url}/v1/chat/completions", json=body, headers=head) as answer:
            await answer.read()
            return answer.status

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        return [await once(session) for _ in range(times)]


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_exchanges_are_measured_and_nothing_personal_is_told(
    workers: str, serve: Serve, tmp_path: Path
) -> None:
    async with Loopback() as provider:
        key = await asyncio.to_thread(prepare, tmp_path / "data", provider, 1000)

        def start() -> Served:
            return serve("--workers", workers, EGIDE_METRICS="true", EGIDE_METRICS_TOKEN=TOKEN)

        served = await asyncio.to_thread(start)
        assert await ask(served, key, 4) == [200] * 4
        assert await ask(served, key, stream=True) == [200]
        assert await ask(served, key, unknown=1) == [400]
        assert await ask(served, "fausse") == [401]
        async with asyncio.timeout(30):  # ends of exchanges and the vault are written in batches
            while not written_down(await told(served)):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)
        text = (await asyncio.to_thread(served.get, "/metrics")).text
    found = read(text)
    assert found["egide_masked_total", "PERSON"] == 5
    assert found["egide_masked_total", "PHONE"] == 5
    assert found["egide_problems_total", "EG-4002"] == 1
    assert found["egide_problems_total", "EG-4001"] == 1
    assert found["egide_tokens_total", "input"] > 4 * 11
    assert found["egide_estimated_tokens_total", ""] > 0
    assert found["egide_added_seconds_count", "openai-chat"] == 5
    assert 0 < found["egide_first_byte_seconds_sum", "openai-chat"] < 60
    assert found["egide_vault_entries", ""] == 2
    assert found["egide_journal_failing", ""] == 0
    for personal in ("Garrigou", "39 98", "julie", "entreprise.example", key, TOKEN):
        assert personal not in text


def written_down(found: Values) -> bool:
    """Everything has reached the counters."""
    ended = found["egide_exchanges_total", "openai-chat,complete"]
    return ended == 5 and found["egide_vault_entries", ""] == 2


async def told(served: Served) -> Values:
    return read((await asyncio.to_thread(served.get, "/metrics")).text)


def test_off_by_default(serve: Serve) -> None:
    assert "egide_" not in serve().get("/metrics").text


def asked(peer: str = "127.0.0.1", host: str = "localhost:8484", **headers: str) -> Request:
    given = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in given.items()]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": "/metrics",
        "headers": raw,
    }
    return Request({**scope, "query_string": b"", "client": (peer, 1), "server": ("127.0.0.1", 8484)})


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (asked(), 200),
        (asked("::1", "[::1]:8484"), 200),
        (asked("192.168.1.9"), 404),
        (asked("192.168.1.9", authorization=f"Bearer {TOKEN}"), 200),
        (asked("192.168.1.9", authorization=f"bearer {TOKEN}"), 200),
        (asked("192.168.1.9", authorization="Bearer autre"), 404),
        (asked("192.168.1.9", authorization="Bearer "), 404),
        (asked("192.168.1.9", authorization=TOKEN), 404),
        (asked(host="attaque.example"), 404),
        (asked(x_forwarded_for="203.0.113.9"), 404),
        (asked(forwarded="for=203.0.113.9"), 404),
    ],
)
async def test_only_this_machine_or_the_token_opens_it(
    request_: Request, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measuring, "_vault_size", lambda: 3)
    show = endpoint(Metrics(), load({"EGIDE_METRICS_TOKEN": TOKEN}), lambda: JournalState(2, True))
    answer = await show(request_)
    assert answer.status_code == status
    shown = read(bytes(answer.body).decode())
    assert shown.get(("egide_journal_waiting_records", "")) == (2 if status == 200 else None)


async def test_without_a_token_an_empty_one_opens_nothing() -> None:
    show = endpoint(Metrics(), load({}), lambda: JournalState(0, False))
    assert (await show(asked("192.168.1.9", authorization="Bearer "))).status_code == 404


def test_a_token_that_could_be_guessed_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="16 caractères"):
        endpoint(Metrics(), load({"EGIDE_METRICS_TOKEN": "court"}), lambda: JournalState(0, False))


def test_a_label_that_is_not_ours_is_not_told() -> None:
    metrics = Metrics()
    metrics.prepared("openai-chat", 0.001, {"PERSON": 2, "Garrigou": 1})
    found = read(metrics.text().decode())
    assert (found["egide_masked_total", "PERSON"], found["egide_masked_total", "OTHER"]) == (2, 1)
    assert "Garrigou" not in json.dumps(list(map(str, found)))


@pytest.mark.parametrize(
    ("code", "measure"), [("EG-4040", "requests"), ("EG-4041", "tokens"), ("EG-4042", "cost")]
)
def test_refusals_by_a_limit_are_told_apart(code: str, measure: str) -> None:
    metrics = Metrics()
    metrics.refused("openai-chat", code)
    metrics.refused("openai-chat", "EG-3001")
    found = read(metrics.text().decode())
    assert found["egide_limit_refusals_total", measure] == 1
    assert found["egide_problems_total", "EG-3001"] == 1
    assert found["egide_exchanges_total", "openai-chat,refused"] == 2


def test_a_library_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "egide.server.metrics", None)
    assert observing(load({})) is None
    with pytest.raises(SettingsError, match=r"egide\[metrics\]"):
        observing(load({"EGIDE_METRICS": "true"}))
