"""A provider does not answer: another one does, if the pilot said so, under what the policy says of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import pytest
from tests.gateway.networking import serving
from tests.gateway.staging import KEY, KEYRING, Stage, staged

from egide.errors import EgideError
from egide.gateway.breaker import FAILURES
from egide.gateway.dialects.anthropic_messages.thinking import marked
from egide.gateway.identifiers import ScopeKeys
from egide.gateway.loopback import Loopback
from egide.policy import Caller, Fallback, Network, Person, Provider, Trust, Usage
from egide.policy.limits import Limit, Measure, Period, Subject
from egide.ports import Adjustments, Moved, Turn
from egide.pseudonymisation import Scope
from egide.settings import Settings

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
HEALTH = "Mme Solenne Garrigou a un diabète de type 2."
HEAD = {"authorization": f"Bearer {KEY}"}
PAIR = Fallback("premier", "grand", "second", "large")


@dataclass
class Two:
    """A gateway before two providers: ``stage.provider`` is the one asked, ``other`` may replace it."""

    stage: Stage
    other: Loopback

    def trust(self, first: Trust, second: Trust, pair: Fallback | None = PAIR) -> None:
        asked = Provider(
            "premier", "Premier", "openai", self.stage.provider.openai_url, first, ("grand",), "cle-1"
        )
        other = Provider("second", "Second", "openai", self.other.openai_url, second, ("large",), "cle-2")
        self.stage.company.providers = (asked, other)
        self.stage.company.fallbacks = (pair,) if pair else ()

    async def post(self, text: str = TEXT, **more: Any) -> tuple[int, str, Any]:
        body = {"model": "grand", "messages": [{"role": "user", "content": text}], **more}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.stage.url}/chat/completions", json=body, headers=HEAD) as answer,
        ):
            return answer.status, await answer.text(), answer.headers


@asynccontextmanager
async def two(settings: Settings | None = None) -> AsyncIterator[Two]:
    async with staged(settings) as stage, Loopback() as other:
        both = Two(stage, other)
        both.trust(Trust.PUBLIC, Trust.PUBLIC)
        yield both


@pytest.fixture
async def pair() -> AsyncIterator[Two]:
    async with two() as both:
        yield both


def sent(provider: Loopback) -> list[str]:
    return [received.body["messages"][-1]["content"] for received in provider.received]


@pytest.mark.parametrize("streamed", [False, True])
async def test_another_provider_answers_for_one_that_is_down(pair: Two, streamed: bool) -> None:
    await pair.stage.provider.stop()
    status, text, headers = await pair.post(stream=streamed)
    assert status == 200
    assert streamed or "Solenne Garrigou" in text
    assert headers["x-egide-provider"] == "second"
    (received,) = pair.other.received
    assert received.body["model"] == "large"
    assert received.headers["authorization"] == "Bearer cle-2"
    assert "Garrigou" not in str(received.body)


async def test_a_request_that_goes_on_elsewhere_is_one_request_of_the_person(pair: Two) -> None:
    each = (Subject.PERSON, Subject.PROVIDER)
    pair.stage.company.limits = tuple(Limit(one, Measure.REQUESTS, Period.MONTH, 1) for one in each)
    pair.stage.provider.status = 503
    assert (await pair.post())[0] == 200
    assert len(pair.other.received) == 1
    assert (await pair.post())[0] == 429
    pair.stage.company.limits = pair.stage.company.limits[1:]
    assert (await pair.post())[0] == 429
    assert len(pair.other.received) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504, 529])
async def test_another_provider_answers_for_one_that_is_overloaded(pair: Two, status: int) -> None:
    pair.stage.provider.status = status
    assert (await pair.post())[0] == 200
    assert len(pair.other.received) == 1


@pytest.mark.parametrize("status", [400, 401, 404, 422, 500])
async def test_a_mistake_is_told_and_not_sent_elsewhere(pair: Two, status: int) -> None:
    pair.stage.provider.status = status
    assert (await pair.post())[0] >= 400
    assert not pair.other.received
    assert len(pair.stage.provider.received) == 1


async def test_another_provider_answers_for_one_that_is_silent() -> None:
    async with two(Settings(upstream_read_seconds=0.2)) as both:
        both.stage.provider.fault = "hang"
        assert (await both.post())[0] == 200
        assert len(both.stage.provider.received) == 1  # it may be at work: it is not asked twice


async def test_nothing_is_sent_elsewhere_once_an_answer_has_begun(pair: Two) -> None:
    pair.stage.provider.fault = "cut"
    for streamed in (False, True):
        assert "EG-4011" in (await pair.post(stream=streamed))[1]
    assert not pair.other.received


async def test_without_the_pilots_word_nothing_is_sent_elsewhere(pair: Two) -> None:
    pair.stage.provider.status = 503
    for fallback in (
        None,
        replace(PAIR, model="autre"),
        replace(PAIR, provider="second", to_provider="premier"),
    ):
        pair.trust(Trust.PUBLIC, Trust.PUBLIC, fallback)
        assert (await pair.post())[0] == 503
    assert not pair.other.received


@pytest.mark.parametrize(("first", "second"), [(Trust.LOCAL, Trust.EUROPEAN), (Trust.CONTRACT, Trust.PUBLIC)])
async def test_a_less_trusted_provider_needs_a_word_of_its_own(
    pair: Two, first: Trust, second: Trust
) -> None:
    await pair.stage.provider.stop()
    pair.trust(first, second)
    assert (await pair.post())[0] == 502
    assert not pair.other.received
    pair.trust(first, second, replace(PAIR, less_trusted=True))
    assert (await pair.post())[0] == 200


async def test_masking_is_done_anew_for_a_less_trusted_provider(pair: Two) -> None:
    pair.trust(Trust.LOCAL, Trust.PUBLIC, replace(PAIR, less_trusted=True))
    pair.stage.provider.status = 503
    status, text, _ = await pair.post()
    assert status == 200
    assert set(sent(pair.stage.provider)) == {TEXT}
    assert "Garrigou" not in sent(pair.other)[0]
    assert "[PERSONNE_" in sent(pair.other)[0]
    assert "Solenne Garrigou" in text  # put back
    (opened,), (moved,) = pair.stage.entries("opened"), pair.stage.entries("moved")
    assert (opened["action"], opened["masked"], opened["trust"]) == ("allow", {}, "local")
    assert (moved["action"], moved["trust"], moved["provider"]) == ("mask", "public", "second")
    assert moved["masked"] == {"PERSON": 1, "PHONE": 1}
    assert (moved["instead_of_id"], "instead_of_id" in opened) == ("premier", False)
    assert moved["request_hash"] != opened["request_hash"]


async def test_masking_is_done_anew_for_a_more_trusted_provider(pair: Two) -> None:
    pair.trust(Trust.PUBLIC, Trust.LOCAL)
    pair.stage.provider.status = 503
    assert (await pair.post())[0] == 200
    assert "Garrigou" not in str(sent(pair.stage.provider))
    assert sent(pair.other) == [TEXT]


async def test_what_the_policy_forbids_there_is_not_sent_there(pair: Two) -> None:
    pair.trust(Trust.LOCAL, Trust.PUBLIC, replace(PAIR, less_trusted=True))
    await pair.stage.provider.stop()
    assert (await pair.post(HEALTH))[0] == 502  # to be justified outside, not at home
    assert not pair.other.received
    assert not pair.stage.entries("moved")


CALLER = Caller(Person("p-1"), Usage("redaction", "Rédaction"))


async def ask(stage: Stage, text: str, adjustments: Adjustments) -> str:
    answer = stage.gateway.exchanges.answer(
        CALLER, "premier", [Turn("user", text)], model="grand", conversation="c", adjustments=adjustments
    )
    return "".join([delta.text async for delta in answer])


async def test_what_a_person_accepts_for_one_provider_does_not_count_for_a_less_trusted_one(
    pair: Two,
) -> None:
    pair.trust(Trust.EUROPEAN, Trust.PUBLIC, replace(PAIR, less_trusted=True))
    pair.stage.provider.status = 503
    kept = Adjustments(keep=frozenset({"Solenne Garrigou"}), hide=frozenset({"joignable"}))
    assert await ask(pair.stage, TEXT, kept) == TEXT
    assert "Garrigou" in sent(pair.stage.provider)[0]
    assert "Garrigou" not in sent(pair.other)[0]
    assert "joignable" not in sent(pair.other)[0]
    with pytest.raises(EgideError):
        await ask(pair.stage, HEALTH, Adjustments(justification="Demande du médecin du travail."))
    assert len(pair.other.received) == 1


async def moves(pair: Two) -> list[Moved | None]:
    """What is said of another provider, piece by piece."""
    answer = pair.stage.gateway.exchanges.answer(
        CALLER, "premier", [Turn("user", TEXT)], model="grand", conversation="c", adjustments=Adjustments()
    )
    return [delta.moved async for delta in answer]


@pytest.mark.parametrize(("status", "why"), [(503, "unavailable"), (529, "unavailable"), (429, "busy")])
async def test_the_assistant_is_told_first_who_answers_and_why(pair: Two, status: int, why: str) -> None:
    pair.stage.provider.status = status
    first, *others = await moves(pair)
    assert first is not None
    assert (first.asked.name, first.provider.name, first.why) == ("Premier", "Second", why)
    assert others
    assert set(others) == {None}


async def test_the_assistant_is_told_of_one_that_is_silent_then_left_alone(pair: Two) -> None:
    await pair.stage.provider.stop()
    for _ in range(FAILURES):
        first, *_ = await moves(pair)
        assert first is not None
        assert first.why == "silent"
    first, *_ = await moves(pair)
    assert first is not None
    assert first.why == "resting"


async def test_the_assistant_is_told_nothing_when_the_provider_answers(pair: Two) -> None:
    assert set(await moves(pair)) == {None}


async def test_what_a_person_accepts_counts_for_a_provider_as_trusted(pair: Two) -> None:
    pair.stage.reasons.alone = True
    pair.stage.provider.status = 503
    assert (
        await ask(pair.stage, HEALTH, Adjustments(justification="Demande du médecin du travail.")) == HEALTH
    )
    assert "diabète" not in str(sent(pair.other))


async def test_the_journal_tells_who_answered_and_how_many_were_tried(pair: Two) -> None:
    pair.stage.provider.status = 503
    await pair.post()
    closed = await pair.stage.closed()
    assert (closed["provider"], closed["model_used"], closed["trust"]) == ("second", "large", "public")
    assert (closed["tried"], closed["calls"], closed["status"]) == (2, 3, "complete")
    kinds = [record.entry.kind for record in pair.stage.store.read()]
    assert kinds == ["opened", "moved", "closed"]
    exchanges = {record.entry.exchange for record in pair.stage.store.read()}
    assert len(exchanges) == 1
    verify_of(pair.stage)


def verify_of(stage: Stage) -> None:
    """Raise unless the journal verifies."""
    from egide.journal.walk import Walk

    walk = Walk("gateway-1", {})
    for record in stage.store.read():
        walk.step(record)


async def test_an_exchange_that_one_call_was_enough_for_says_no_more_than_before(pair: Two) -> None:
    await pair.post()
    assert not {"tried", "calls", "provider"} & (await pair.stage.closed()).keys()


async def test_all_are_down(pair: Two) -> None:
    pair.stage.provider.status = pair.other.status = 503
    status, text, headers = await pair.post()
    assert (status, "EG-4030" in text, headers["retry-after"]) == (503, True, "5")
    closed = await pair.stage.closed()
    assert (closed["status"], closed["error"], closed["tried"]) == ("failed", "EG-4030", 2)


async def test_a_provider_that_recovers_is_asked_a_second_time(pair: Two) -> None:
    pair.stage.provider.status, pair.stage.provider.error_headers = 429, {"retry-after": "1"}
    asked = asyncio.create_task(pair.post())
    async with asyncio.timeout(10):
        while not pair.stage.provider.received:  # noqa: ASYNC110 - the provider has no event for it
            await asyncio.sleep(0.005)
    pair.stage.provider.status = 200
    assert (await asked)[0] == 200
    assert not pair.other.received
    closed = await pair.stage.closed()
    assert (closed["provider"], closed["tried"], closed["calls"]) == ("premier", 1, 2)


async def test_a_provider_that_wants_a_long_wait_is_not_waited_for(pair: Two) -> None:
    pair.trust(Trust.PUBLIC, Trust.PUBLIC, None)
    pair.stage.provider.status, pair.stage.provider.error_headers = 429, {"retry-after": "60"}
    status, text, headers = await pair.post()
    assert (status, "EG-4009" in text, headers["retry-after"]) == (429, True, "60")
    assert len(pair.stage.provider.received) == 1


async def test_a_provider_that_fails_in_a_row_is_left_alone(pair: Two) -> None:
    pair.trust(Trust.PUBLIC, Trust.PUBLIC, None)
    pair.stage.provider.status = 500
    for _ in range(FAILURES):
        assert (await pair.post())[0] == 500
    status, text, headers = await pair.post()
    assert (status, "EG-4031" in text) == (503, True)
    assert 0 < int(headers["retry-after"]) <= 30
    assert len(pair.stage.provider.received) == FAILURES
    assert pair.stage.gateway.exchanges.health()["premier"].state == "open"
    assert pair.stage.entries("refused")[-1]["error"] == "EG-4031"


async def test_while_it_is_left_alone_another_one_is_asked_at_once(pair: Two) -> None:
    pair.stage.provider.status = 500
    for _ in range(FAILURES):
        await pair.post()
    assert (await pair.post())[0] == 200
    assert len(pair.stage.provider.received) == FAILURES
    (opened,) = [entry for entry in pair.stage.entries("opened") if entry["provider"] == "second"]
    assert (opened["model"], opened["instead_of_id"]) == ("large", "premier")
    assert not pair.stage.entries("moved")


@pytest.mark.parametrize("streamed", [False, True])
async def test_nothing_moves_when_the_journal_fails(pair: Two, streamed: bool) -> None:
    pair.stage.store.broken = True
    pair.stage.provider.status = 503
    status, text, _ = await pair.post(stream=streamed)
    assert (status, "EG-5001" in text) == (503, True)
    assert not pair.other.received
    assert len(pair.stage.provider.received) == 1


async def test_the_breaker_forgets_a_caller_who_leaves(pair: Two) -> None:
    pair.stage.provider.fault = "hang"
    for _ in range(FAILURES + 1):
        asked = asyncio.create_task(pair.post())
        async with asyncio.timeout(10):
            pair.stage.provider.received.clear()
            while not pair.stage.provider.received:  # noqa: ASYNC110 - the provider has no event for it
                await asyncio.sleep(0.005)
        asked.cancel()
    async with asyncio.timeout(10):
        while len(pair.stage.entries("closed")) <= FAILURES:  # noqa: ASYNC110 - written by a thread
            await asyncio.sleep(0.005)
    assert pair.stage.gateway.exchanges.health()["premier"].state == "closed"


@pytest.mark.parametrize(("second", "expected"), [(Trust.PUBLIC, 502), (Trust.LOCAL, 200)])
async def test_thinking_that_a_provider_signed_is_read_before_a_less_trusted_one_sees_it(
    pair: Two, second: Trust, expected: int
) -> None:
    asked = Provider("premier", "Premier", "anthropic", "http://127.0.0.1:1", Trust.LOCAL, ("grand",))
    other = Provider("second", "Second", "anthropic", pair.other.anthropic_url, second, ("large",))
    pair.stage.company.providers = (asked, other)
    pair.stage.company.fallbacks = (replace(PAIR, less_trusted=True),)
    keys = ScopeKeys.of(KEYRING, Scope("acme", "p-1", "redaction", ""))
    block = {
        "type": "thinking",
        "thinking": TEXT,
        "signature": marked(TEXT, "sig==", keys.towards("premier")),
    }
    said = [{"role": "assistant", "content": [block]}, {"role": "user", "content": "Et ensuite ?"}]
    body = {"model": "grand", "max_tokens": 99, "messages": [{"role": "user", "content": "?"}, *said]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{pair.stage.url}/messages", json=body, headers=HEAD) as answer,
    ):
        assert answer.status == expected
    assert len(pair.other.received) == (expected == 200)


async def test_an_azure_deployment_is_asked_as_azure_wants(stage: Stage) -> None:
    network = Network(auth="api-key", deployments=True, api_version="2024-10-21")
    async with serving() as service:
        azure = Provider(
            "azure", "Azure", "openai", service.url, Trust.PUBLIC, ("mon-grand",), "cle", network
        )
        stage.company.providers = (azure,)
        body = {"model": "mon-grand", "messages": [{"role": "user", "content": TEXT}]}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{stage.url}/chat/completions", json=body, headers=HEAD) as answer,
        ):
            assert answer.status == 502  # this service answers in no known shape
        (request,) = service.requests
    assert request.path_qs == "/openai/deployments/mon-grand/chat/completions?api-version=2024-10-21"
    assert request.headers["api-key"] == "cle"
    assert "authorization" not in request.headers


async def test_many_at_once_all_get_an_answer_and_a_record(pair: Two) -> None:
    pair.stage.provider.status = 503
    answers = await asyncio.gather(*(pair.post(f"{TEXT} {number}") for number in range(40)))
    assert {status for status, *_ in answers} == {200}
    assert all(
        f"Solenne Garrigou, joignable au 06 39 98 41 27. {n}" in text
        for n, (_, text, _) in enumerate(answers)
    )
    assert "Garrigou" not in str(pair.other.received)
    async with asyncio.timeout(10):
        while len(pair.stage.entries("closed")) < 40:  # noqa: ASYNC110 - written by a thread
            await asyncio.sleep(0.005)
    verify_of(pair.stage)
    assert len(pair.stage.entries("opened")) == 40
    assert pair.stage.gateway.exchanges.health()["premier"].state == "open"
    assert len(pair.stage.provider.received) <= 80


async def test_a_provider_that_is_back_is_asked_again_after_its_rest(
    pair: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("egide.gateway.breaker.REST_SECONDS", 0.2)
    pair.stage.provider.status = 500
    for _ in range(FAILURES):
        await pair.post()
    pair.stage.provider.status = 200
    async with asyncio.timeout(10):
        while pair.stage.gateway.exchanges.health()["premier"].state == "open":  # noqa: ASYNC110 - time passes
            await asyncio.sleep(0.02)
    pair.stage.provider.received.clear()
    statuses = [status for status, *_ in await asyncio.gather(*(pair.post() for _ in range(8)))]
    assert statuses == [200] * 8
    assert pair.stage.provider.received
    assert pair.stage.gateway.exchanges.health()["premier"].state == "closed"


async def test_a_second_provider_that_hangs_is_given_up_too() -> None:
    async with two(Settings(upstream_read_seconds=0.2)) as both:
        both.stage.provider.status, both.other.fault = 503, "hang"
        status, text, _ = await both.post()
        assert (status, "EG-4030" in text) == (503, True)
        await asyncio.wait_for(both.other.left.wait(), 10)


async def test_a_caller_who_leaves_while_it_moves_stops_everything(pair: Two) -> None:
    pair.stage.provider.status, pair.other.fault = 503, "hang"
    asked = asyncio.create_task(pair.post())
    async with asyncio.timeout(10):
        while not pair.other.received:  # noqa: ASYNC110 - the provider has no event for it
            await asyncio.sleep(0.005)
    asked.cancel()
    await asyncio.wait_for(pair.other.left.wait(), 10)
    closed = await pair.stage.closed()
    assert (closed["status"], closed["provider"], closed["tried"]) == ("abandoned", "second", 2)
    verify_of(pair.stage)
