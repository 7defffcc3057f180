"""Addresses that stay closed: the client libraries get the reason, in the shape that they know."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import anthropic
import openai
import pytest
from tests.gateway.staging import KEY, Stage

SOUND = ("appel.mp3", b"ID3" + b"\0" * 3_000_000)
PICTURE = ("plan.png", b"\x89PNG" + b"\0" * 1000)
LINE = b'{"custom_id": "1", "method": "POST", "url": "/v1/chat/completions", "body": {}}\n'
Call = Callable[[openai.AsyncOpenAI], Awaitable[object]]

CALLS: dict[str, tuple[str, str, Call]] = {
    "transcriptions": (
        "EG-4026",
        "Transcrivez",
        lambda c: c.audio.transcriptions.create(model="grand", file=SOUND),
    ),
    "translations": (
        "EG-4026",
        "Transcrivez",
        lambda c: c.post("/audio/translations", body={}, cast_to=object),
    ),
    "speech": (
        "EG-4026",
        "à voix haute",
        lambda c: c.audio.speech.create(model="grand", voice="alloy", input="Bonjour Mme Garrigou."),
    ),
    "generations": (
        "EG-4026",
        "dessinés",
        lambda c: c.images.generate(model="grand", prompt="Le portrait de Mme Garrigou."),
    ),
    "edits": (
        "EG-4026",
        "une image envoyée à cette adresse",
        lambda c: c.images.edit(image=PICTURE, prompt="Plus clair."),
    ),
    "variations": (
        "EG-4026",
        "une image envoyée à cette adresse",
        lambda c: c.post("/images/variations", body={}, cast_to=object),
    ),
    "uploads": (
        "EG-4027",
        "/v1/uploads »",
        lambda c: c.uploads.create(bytes=9, filename="a", mime_type="text/plain", purpose="batch"),
    ),
}


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.mark.parametrize("name", CALLS)
async def test_a_closed_address_says_why_and_sends_nothing(
    stage: Stage, client: openai.AsyncOpenAI, name: str
) -> None:
    code, reason, call = CALLS[name]
    with pytest.raises(openai.PermissionDeniedError) as refused:
        await call(client)
    assert refused.value.code == code
    assert reason in refused.value.message
    assert "Rien n'a été transmis" in refused.value.message
    assert "0612345678" not in refused.value.message
    assert not stage.provider.received
    (entry,) = stage.entries("refused")
    assert entry["error"] == code
    assert entry["person"] == "p-1"
    assert "0612345678" not in str(entry)


async def test_the_other_protocol(stage: Stage) -> None:
    base_url = stage.url.removesuffix("/v1")
    async with anthropic.AsyncAnthropic(base_url=base_url, api_key=KEY, max_retries=0) as client:
        for call in (
            client.beta.files.upload(file=("a.txt", b"Bonjour.")),
            client.beta.files.retrieve_metadata("file_0612345678"),
            client.beta.files.list(),
        ):
            with pytest.raises(anthropic.PermissionDeniedError) as refused:
                await call
            assert refused.value.body["error"]["type"] == "permission_error"  # type: ignore[index]
            assert "EG-4027" in str(refused.value)
    assert not stage.provider.received
    assert [entry["dialect"] for entry in stage.entries("refused")] == ["files"] * 3


async def test_a_stranger_is_told_nothing_of_them(stage: Stage) -> None:
    async with openai.AsyncOpenAI(base_url=stage.url, api_key="egd_faux", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError):
            await client.files.retrieve("file-1")
    assert not stage.entries("refused")


async def test_the_connection_serves_again_after_a_refused_upload(
    stage: Stage, client: openai.AsyncOpenAI
) -> None:
    for _ in range(3):
        with pytest.raises(openai.PermissionDeniedError):
            await client.audio.transcriptions.create(model="grand", file=SOUND)
    ask = [{"role": "user", "content": "Bonjour."}]
    assert (await client.chat.completions.create(model="grand", messages=ask)).choices  # type: ignore[arg-type]
