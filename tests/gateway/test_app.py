from __future__ import annotations

import aiohttp
from tests.gateway.staging import KEY, Stage

TEXT = "Bonjour, je suis Mme Solenne Garrigou, joignable au 06 39 98 41 27."
HEAD = {"authorization": f"Bearer {KEY}"}


async def test_the_provider_never_sees_the_values_and_the_caller_gets_them_back(stage: Stage) -> None:
    body = {"model": "grand", "messages": [{"role": "user", "content": TEXT}]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=HEAD) as answer,
    ):
        content = await answer.json()
    assert content["choices"][0]["message"]["content"] == TEXT
    sent = str(stage.provider.received[0].body)
    assert "Garrigou" not in sent
    assert "39 98" not in sent


async def ask(stage: Stage, conversation: str = "", **more: object) -> str:
    """What the provider reads of the text, under this conversation."""
    body = {"model": "grand", "messages": [{"role": "user", "content": TEXT}], **more}
    head = {**HEAD, "x-egide-conversation": conversation} if conversation else HEAD
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=head) as answer,
    ):
        assert answer.status == 200, await answer.text()
        assert answer.headers["x-egide-exchange"].startswith("ex-")
        assert answer.headers["cache-control"] == "no-store"
    content: str = stage.provider.received[-1].body["messages"][-1]["content"]
    return content


async def test_placeholders_are_stable_in_a_conversation_and_unlinked_across(stage: Stage) -> None:
    first = await ask(stage, "dossier 1")
    assert first == await ask(stage, "dossier 1")
    assert first not in (await ask(stage, "dossier 2"), await ask(stage))
    opened = stage.entries("opened")
    assert opened[0]["conversation"] == opened[1]["conversation"] != opened[2]["conversation"]
    assert "dossier" not in str(opened)


async def test_what_the_caller_s_headers_hold_does_not_leave(stage: Stage) -> None:
    await ask(stage)
    headers = stage.provider.received[0].headers
    assert headers["authorization"] == "Bearer secret-o"
    assert set(headers) <= {
        "host", "accept", "accept-encoding", "authorization", "content-type", "content-length", "user-agent"
    }  # fmt: skip


async def test_the_note_is_added_only_when_something_is_masked(stage: Stage) -> None:
    await ask(stage)
    assert "repères" in stage.provider.received[0].body["messages"][0]["content"]
    body = {"model": "grand", "messages": [{"role": "user", "content": "Bonjour."}]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=HEAD),
    ):
        assert stage.provider.received[1].body == body


async def test_a_value_cut_by_two_parts_is_hidden(stage: Stage) -> None:
    parts = [{"type": "text", "text": "Mon numéro : 06 39 98"}, {"type": "text", "text": " 41 27, merci."}]
    body = {"model": "grand", "messages": [{"role": "user", "content": parts}]}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{stage.url}/chat/completions", json=body, headers=HEAD) as answer,
    ):
        content = await answer.json()
    assert content["choices"][0]["message"]["content"] == "Mon numéro : 06 39 98 41 27, merci."
    sent = str(stage.provider.received[0].body)
    assert "39 98" not in sent
    assert "41 27" not in sent


async def test_a_surname_alone_in_a_later_message_is_hidden(stage: Stage) -> None:
    await ask(
        stage,
        messages=[
            {"role": "user", "content": "Le dossier est suivi par M. Yann Krzlowiak."},
            {"role": "assistant", "content": "Bien."},
            {"role": "user", "content": "et krzlowiak, il répond quoi ?"},
        ],
    )
    assert "rzlowiak" not in str(stage.provider.received[0].body)


async def test_the_same_application_answers_wherever_it_is_mounted(stage: Stage) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/models", "/models/"):
            async with session.get(f"{stage.url}{path}", headers=HEAD) as answer:
                assert [model["id"] for model in (await answer.json())["data"]] == ["ailleurs/grand"]
        async with session.get(stage.url.removesuffix("/v1") + "/models", headers=HEAD) as answer:
            assert answer.status == 200
