"""Recordings sent by the real client library: to a local service alone, and only when the policy says so."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import openai
import pytest
import yaml
from tests.gateway.staging import KEY, Stage

from egide.gateway import app
from egide.policy import Action, Fallback, Policy, Provider, Speech, Trust
from egide.policy.editing import Target, with_carriers, with_line

TEXT = "Appel de Mme Solenne Garrigou au 06 39 98 41 27."
VALUES = ("Garrigou", "39 98 41", "CV-")
HEAD = {"authorization": f"Bearer {KEY}"}


def wav(seconds: float = 0.1) -> bytes:
    """Silence."""
    data = bytes(int(16_000 * seconds))
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 16_000, 2, 16)
    rest = b"WAVE" + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(rest)) + rest


SOUND = ("CV-Garrigou.wav", wav(), "audio/wav")


def allowing(*, masking: bool = True) -> Policy:
    """Recordings allowed; the names and telephones of a prompt masked even for a local service."""
    document = Policy.default().document
    for name in ("identity", "contact") if masking else ():
        document = with_line(document, Target("class", name), dict.fromkeys(Trust, Action.MASK))
    return Policy.of(with_carriers(document, document.pictures, Speech.LOCAL))


@pytest.fixture
def local(stage: Stage) -> Stage:
    """With a local service, and a policy that lets it hear."""
    url = stage.provider.openai_url
    here = Provider("ici", "Ici", "openai", url, Trust.LOCAL, ("whisper",), "secret-i")
    stage.company.providers = (*stage.company.providers, here)
    stage.company.policy = allowing()
    return stage


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


def assert_nothing_left(stage: Stage) -> None:
    for received in stage.provider.received:
        assert not [value for value in VALUES if value in str(received.body)]


async def test_a_recording_is_written_down(local: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.audio.transcriptions.create(
        model="whisper",
        file=SOUND,
        prompt=TEXT,
        language="fr",
        temperature=0.2,
        extra_headers={"x-egide-checks": "wait"},
    )
    assert answer.text == TEXT
    assert_nothing_left(local)
    (received,) = local.provider.received
    assert received.headers["authorization"] == "Bearer secret-i"
    assert received.body["file"] == {"name": "audio.wav", "type": "audio/wav", "size": len(SOUND[1])}
    assert (received.body["model"], received.body["language"], received.body["temperature"]) == (
        "whisper",
        "fr",
        "0.2",
    )
    assert "[TELEPHONE_" in received.body["prompt"]
    (opened,) = local.entries("opened")
    assert opened["attachments"] == {"audio": 1}
    assert (opened["dialect"], opened["masked"]) == ("openai-transcriptions", {"PERSON": 1, "PHONE": 1})
    closed = await local.closed()
    assert (closed["input_tokens"], closed["output_tokens"], closed["status"]) == (14, 7, "complete")


async def test_what_a_voice_said_is_counted_as_heard(local: Stage, client: openai.AsyncOpenAI) -> None:
    local.provider.echo = lambda body: "Rappeler M. Yvon Tréguier au 06 12 34 56 78, voir https://exemple.fr."
    raw = await client.audio.transcriptions.with_raw_response.create(
        model="whisper", file=SOUND, extra_headers={"x-egide-checks": "wait"}
    )
    told = raw.headers["x-egide-checks"]
    assert "heard.person=1" in told
    assert "heard.phone=1" in told
    assert "unsent" not in told
    assert "verify.link=1" in told
    closed = await local.closed()
    assert closed["heard"] == {"PERSON": 1, "PHONE": 1}
    assert "unsent" not in closed


@pytest.mark.parametrize("piece", [1, 3, 40])
async def test_a_streamed_transcription(local: Stage, client: openai.AsyncOpenAI, piece: int) -> None:
    local.provider._longest = piece
    said = done = ""
    stream = await client.audio.transcriptions.create(model="whisper", file=SOUND, prompt=TEXT, stream=True)
    async for event in stream:
        if event.type == "transcript.text.delta":
            said += event.delta
        elif event.type == "transcript.text.done":
            done = event.text
    assert said == done == TEXT
    assert_nothing_left(local)
    closed = await local.closed()
    assert (closed["status"], closed["output_tokens"]) == ("complete", 7)


@pytest.mark.parametrize("form", ["text", "srt", "vtt"])
async def test_a_transcription_as_text_or_subtitles(
    local: Stage, client: openai.AsyncOpenAI, form: Any
) -> None:
    answer: Any = await client.audio.transcriptions.create(
        model="whisper", file=SOUND, prompt=TEXT, response_format=form
    )
    assert answer == TEXT
    assert_nothing_left(local)


async def test_a_transcription_with_its_parts(local: Stage, client: openai.AsyncOpenAI) -> None:
    answer = await client.audio.transcriptions.create(
        model="whisper",
        file=SOUND,
        prompt=TEXT,
        response_format="verbose_json",
        timestamp_granularities=["word", "segment"],
    )
    assert answer.segments is not None
    assert answer.segments[0].text == answer.text == TEXT
    (received,) = local.provider.received
    assert received.body["timestamp_granularities[]"] == ["word", "segment"]
    closed = await local.closed()
    assert closed["input_tokens"] == 0  # it was told in seconds; the bytes of a voice are no tokens


async def test_names_of_speakers_and_words_are_masked(local: Stage, client: openai.AsyncOpenAI) -> None:
    await client.audio.transcriptions.create(
        model="whisper", file=SOUND, known_speaker_names=["Solenne Garrigou"], extra_body={"keywords": ["x"]}
    )
    assert_nothing_left(local)


@pytest.mark.parametrize("trust", [Trust.PUBLIC, Trust.CONTRACT, Trust.EUROPEAN])
async def test_no_other_service_ever_gets_a_recording(
    local: Stage, client: openai.AsyncOpenAI, trust: Trust
) -> None:
    local.company.providers = tuple(replace(one, trust=trust) for one in local.company.providers)
    with pytest.raises(openai.PermissionDeniedError, match="EG-4070"):
        await client.audio.transcriptions.create(model="whisper", file=SOUND)
    assert not local.provider.received
    (entry,) = local.entries("refused")
    assert (entry["error"], entry["attachments"]) == ("EG-4070", {"audio": 1})


async def test_it_is_refused_unless_allowed(local: Stage, client: openai.AsyncOpenAI) -> None:
    local.company.policy = Policy.default()
    with pytest.raises(openai.PermissionDeniedError, match=r"EG-4026.*Transcrivez"):
        await client.audio.transcriptions.create(model="whisper", file=SOUND)
    assert not local.provider.received
    assert local.entries("refused")[0]["dialect"] == "audio-transcriptions"


async def test_the_other_addresses_of_sound_stay_closed(local: Stage, client: openai.AsyncOpenAI) -> None:
    for call in (
        client.post("/audio/translations", body={}, cast_to=object),
        client.audio.speech.create(model="whisper", voice="alloy", input="Bonjour."),
        client.post("/audio/transcriptions/1", body={}, cast_to=object),
    ):
        with pytest.raises(openai.PermissionDeniedError, match="EG-4026"):
            await call
    with pytest.raises(openai.APIStatusError, match="EG-4014"):
        await client.get("/audio/transcriptions", cast_to=object)
    assert not local.provider.received


async def test_another_service_that_replaces_it_must_be_local_too(
    local: Stage, client: openai.AsyncOpenAI
) -> None:
    url = local.provider.openai_url
    dead = Provider("mort", "Mort", "openai", "http://127.0.0.1:9/v1", Trust.LOCAL, ("whisper-1",))
    away = Provider("loin", "Loin", "openai", url, Trust.PUBLIC, ("w",))
    here = Provider("ici", "Ici", "openai", url, Trust.LOCAL, ("whisper",))
    local.company.providers = (dead, away, here)
    fallback = Fallback("mort", "whisper-1", "loin", "w", less_trusted=True)
    local.company.fallbacks = (fallback,)
    with pytest.raises(openai.APIStatusError, match="EG-4008"):
        await client.audio.transcriptions.create(model="whisper-1", file=SOUND, prompt=TEXT)
    assert not local.provider.received
    local.company.fallbacks = (fallback, Fallback("mort", "whisper-1", "ici", "whisper"))
    answer = await client.audio.transcriptions.create(model="whisper-1", file=SOUND, prompt=TEXT)
    assert answer.text == TEXT
    assert local.provider.received[0].body["file"]["size"] == len(SOUND[1])


@pytest.mark.parametrize(
    ("fields", "file", "code"),
    [
        ({}, ("a.wav", b"%PDF-1.7 contrat"), "EG-4072"),
        ({}, ("a.wav", b""), "EG-4072"),
        ({"inconnu": "Garrigou"}, SOUND[:2], "EG-4002"),
        ({"language": "Garrigou"}, SOUND[:2], "EG-4003"),
        ({"temperature": "06 39 98 41 27"}, SOUND[:2], "EG-4003"),
        ({"response_format": "Garrigou"}, SOUND[:2], "EG-4003"),
        ({"stream": "Garrigou"}, SOUND[:2], "EG-4003"),
        ({"timestamp_granularities": "word"}, SOUND[:2], "EG-4003"),
        ({"known_speaker_references[]": "data:audio/wav;base64,UklGRg=="}, SOUND[:2], "EG-4004"),
        ({"file": "Garrigou"}, None, "EG-4003"),
        ({"file": "Garrigou"}, SOUND[:2], "EG-4071"),
        ({"prompt[]": "a", "prompt": "b"}, SOUND[:2], "EG-4071"),
    ],
)
async def test_every_field_of_the_form_is_checked(
    local: Stage, fields: dict[str, str], file: Any, code: str
) -> None:
    form = aiohttp.FormData({"model": "whisper", **fields}, default_to_multipart=True)
    if file:
        form.add_field("file", file[1], filename=file[0])
    async with (
        aiohttp.ClientSession(headers=HEAD) as session,
        session.post(f"{local.url}/audio/transcriptions", data=form) as answer,
    ):
        said = await answer.text()
    assert answer.status == 400
    assert code in said
    assert "Garrigou" not in said
    assert not local.provider.received


async def test_a_large_recording_goes_in_pieces_and_a_larger_one_is_refused(
    local: Stage, client: openai.AsyncOpenAI
) -> None:
    large = wav(200)
    await client.audio.transcriptions.create(model="whisper", file=("a.wav", large))
    (received,) = local.provider.received
    assert received.body["file"]["size"] == len(large)
    assert int(received.headers["content-length"]) > len(large)
    with pytest.raises(openai.APIStatusError, match="EG-4006"):
        await client.audio.transcriptions.create(model="whisper", file=("a.wav", wav(1300)))


async def test_few_recordings_are_held_at_once(
    local: Stage, client: openai.AsyncOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "_MOST_HEARD", 1)
    local.provider.fault = "hang"
    first = asyncio.create_task(client.audio.transcriptions.create(model="whisper", file=SOUND))
    async with asyncio.timeout(10):
        while not local.provider.received:  # noqa: ASYNC110 - the provider tells nobody
            await asyncio.sleep(0.005)
    with pytest.raises(openai.APIStatusError, match="EG-4015"):
        await client.audio.transcriptions.create(model="whisper", file=SOUND)
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    async with asyncio.timeout(10):
        await local.provider.left.wait()
        local.provider.fault = None
        while local.gateway._hearing:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
    assert await client.audio.transcriptions.create(model="whisper", file=SOUND)


@pytest.mark.parametrize("fault", ["not-json", "wrong-type", "empty", "cut"])
async def test_a_provider_that_answers_badly(local: Stage, client: openai.AsyncOpenAI, fault: Any) -> None:
    local.provider.fault = fault
    with pytest.raises(openai.APIStatusError, match="EG-401"):
        await client.audio.transcriptions.create(model="whisper", file=SOUND, prompt=TEXT)
    closed = await local.closed()
    assert closed.get("input_tokens", 0) < 1000


@pytest.mark.parametrize(
    "fault", ["cut", "half-event", "no-end", "not-json", "error-event", "half-character"]
)
async def test_a_stream_that_goes_wrong_is_told(local: Stage, client: openai.AsyncOpenAI, fault: Any) -> None:
    local.provider.fault = fault
    stream = await client.audio.transcriptions.create(
        model="whisper", file=SOUND, prompt=TEXT * 5, stream=True
    )
    with pytest.raises(openai.APIError, match="EG-40"):
        async for _ in stream:
            pass
    assert (await local.closed())["status"] in ("failed", "cut")


def test_the_policy_s_file_says_it() -> None:
    assert yaml.safe_load(allowing().to_yaml())["speech"] == "local"
