"""Previewing and sending, through the real views and a real database; the answer is led by the test."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.test import AsyncClient
from tests.workspace.assistant.conftest import Echo, post

from egide.errors import GatewayError
from egide.policy import Policy
from egide.workspace.accounts.models import User
from egide.workspace.assistant import history, sealing
from egide.workspace.assistant.models import Conversation, Message

MAIL = "😀 Bonjour, relance Mme Zoé Lefèvre (zoe.lefevre@exemple.fr), IBAN FR76 3000 6000 0112 3456 7890 189."
TOKEN = "t" * 32
# Where the person's own reason is enough.
OPEN = Policy.load("open")
HEALTH = "Mme Zoé Lefèvre est en arrêt maladie pour une dépression."


def draft(text: str = MAIL, **changes: Any) -> dict[str, Any]:
    return {"text": text, "usage": "redaction", "provider": "ailleurs", "model": "a", **changes}


async def seen(client: AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """The body of a sending, as the page makes it after a preview."""
    preview = (await post(client, "apercu", body)).json()
    return {**body, "seen": preview["seen"]}


async def events(answer: Any) -> list[dict[str, Any]]:
    received = b"".join([part async for part in answer.streaming_content])
    return [json.loads(line) for line in received.splitlines()]


async def send(client: AsyncClient, body: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    answer = await post(client, "envoyer", {**await seen(client, body), **more})
    assert answer.status_code == 200, answer.content
    return await events(answer)


def as_javascript(text: str, found: dict[str, Any]) -> str:
    return text.encode("utf-16-le")[2 * found["start"] : 2 * found["end"]].decode("utf-16-le")


async def test_a_preview_places_values_as_the_browser_counts(collaborator: AsyncClient) -> None:
    preview = (await post(collaborator, "apercu", draft())).json()
    found = {as_javascript(MAIL, f): f["label"] for f in preview["findings"]}
    assert found["zoe.lefevre@exemple.fr"] == "EMAIL"
    assert found["FR76 3000 6000 0112 3456 7890 189"] == "IBAN"
    assert any("Zoé Lefèvre" in value for value in found)


async def test_a_preview_says_what_happens_in_french(collaborator: AsyncClient) -> None:
    preview = (await post(collaborator, "apercu", draft())).json()
    email = next(f for f in preview["findings"] if f["label"] == "EMAIL")
    assert (email["word"], email["action_word"]) == ("adresse e-mail", "masqué")
    assert email["reason"].endswith(".")
    assert email["rule"].endswith(".")
    assert preview["summary"].startswith("Masqué avant l'envoi : ")
    assert preview["destination"] == "Part chez un fournisseur public."
    assert preview["can_send"] is True


async def test_a_preview_shows_what_the_model_will_read(collaborator: AsyncClient) -> None:
    shown = (await post(collaborator, "apercu", draft())).json()["masked_text"]
    assert "Lefèvre" not in shown
    assert "FR76" not in shown
    assert shown.startswith("😀 Bonjour, relance")


async def test_a_text_without_anything_personal_says_so(collaborator: AsyncClient) -> None:
    preview = (await post(collaborator, "apercu", draft("Explique la TVA en trois phrases."))).json()
    assert preview["findings"] == []
    assert preview["summary"] == "Rien à masquer dans ce texte."


async def test_what_the_person_decides_changes_the_preview(collaborator: AsyncClient) -> None:
    body = draft("Le projet Aurore concerne Mme Zoé Lefèvre.", hide=["projet Aurore"])
    found = (await post(collaborator, "apercu", body)).json()["findings"]
    assert "Vous avez demandé à le masquer." in [f["reason"] for f in found if f["label"] == "COMPANY_TERM"]

    body = draft("Écris à zoe@exemple.fr.", keep=["zoe@exemple.fr"])
    assert (await post(collaborator, "apercu", body)).json()["findings"] == []


async def test_a_preview_keeps_nothing(collaborator: AsyncClient) -> None:
    await post(collaborator, "apercu", draft())
    assert not await Conversation.objects.aexists()


@pytest.mark.parametrize("address", ["apercu", "envoyer", "exceptions", "termes", "propositions"])
async def test_a_stranger_is_refused_in_json(stranger: AsyncClient, address: str) -> None:
    answer = await post(stranger, address, draft())
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "EG-6106"


@pytest.mark.parametrize("address", ["apercu", "envoyer", "exceptions", "termes", "propositions"])
async def test_a_page_of_another_site_cannot_post(guarded: AsyncClient, address: str) -> None:
    assert (await post(guarded, address, draft())).status_code == 403


async def test_an_answer_is_only_asked_by_post(collaborator: AsyncClient) -> None:
    assert (await collaborator.get("/assistant/apercu")).status_code == 405


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (draft(usage="inconnu"), 400, "EG-6003"),
        (draft(provider="inconnu"), 400, "EG-6108"),
        (draft(model="inconnu"), 400, "EG-6108"),
        (draft(text="x" * 200_001), 413, "EG-6104"),
        ({**draft(), "text": 7}, 400, "EG-6105"),
        (draft(surprise="Zoé"), 400, "EG-6105"),
        ([], 400, "EG-6105"),
    ],
)
async def test_a_wrong_request_is_refused_without_its_values(
    collaborator: AsyncClient, body: Any, status: int, code: str
) -> None:
    answer = await post(collaborator, "apercu", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert "Zoé" not in answer.content.decode()


async def test_an_answer_comes_back_with_values_marked(collaborator: AsyncClient) -> None:
    told = await send(collaborator, draft())
    assert [told[0]["type"], told[-1]["type"]] == ["started", "done"]
    pieces = [event for event in told if event["type"] == "piece"]
    assert "".join(piece["text"] for piece in pieces) == MAIL
    assert {"type": "piece", "text": "zoe.lefevre@exemple.fr", "label": "EMAIL"} in pieces


async def test_an_answer_is_shown_while_it_is_written(collaborator: AsyncClient, echo: Any) -> None:
    echo.gate = asyncio.Event()
    answer = await post(collaborator, "envoyer", await seen(collaborator, draft()))
    arriving = answer.streaming_content
    started, first = json.loads(await anext(arriving)), json.loads(await anext(arriving))
    assert (started["type"], first["type"]) == ("started", "piece")
    assert not echo.ended.is_set()  # the rest is not written yet, and the beginning is already here
    echo.gate.set()
    assert json.loads([part async for part in arriving][-1]) == {"type": "done"}
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Content-Type"] == "application/x-ndjson"


async def test_a_text_that_was_not_previewed_is_not_sent(collaborator: AsyncClient, echo: Any) -> None:
    body = await seen(collaborator, draft())
    for change in (
        {"text": MAIL + " Et Mme Anne Petit."},
        {"keep": ["Zoé Lefèvre"]},
        {"provider": "maison", "model": ""},
    ):
        answer = await post(collaborator, "envoyer", {**body, **change})
        assert answer.status_code == 409
        assert answer.json()["error"]["code"] == "EG-6102"
        assert answer.json()["preview"]["seen"] != body["seen"]
    assert echo.asked == []
    assert not await Conversation.objects.aexists()


async def test_a_preview_of_one_person_does_not_serve_another(
    collaborator: AsyncClient, pilot: AsyncClient, echo: Any
) -> None:
    body = await seen(collaborator, draft())
    assert (await post(pilot, "envoyer", body)).status_code == 409
    assert echo.asked == []


async def test_a_secret_is_never_sent(collaborator: AsyncClient, echo: Any) -> None:
    body = draft("Le mot de passe du serveur est : Tr0ub4dor&3-Xy!")
    answer = await post(collaborator, "envoyer", await seen(collaborator, body))
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "EG-3001")
    assert echo.asked == []
    assert not await Conversation.objects.aexists()


async def test_health_needs_a_reason_which_goes_with_the_exchange(
    collaborator: AsyncClient, echo: Any
) -> None:
    echo.policy = OPEN
    body = draft(HEALTH)
    preview = (await post(collaborator, "apercu", body)).json()
    assert preview["needs_reason"] is True
    assert preview["needs_approval"] is False
    assert preview["summary"].startswith("Raison demandée : ")
    refused = await post(collaborator, "envoyer", await seen(collaborator, body))
    assert refused.json()["error"]["code"] == "EG-6110"

    await send(collaborator, body, justification="  Attestation pour la CPAM ")
    assert [adjustments.justification for _, adjustments in echo.asked] == ["Attestation pour la CPAM"]


async def test_an_empty_message_is_not_sent(collaborator: AsyncClient) -> None:
    answer = await post(collaborator, "envoyer", await seen(collaborator, draft(" \n ")))
    assert answer.json()["error"]["code"] == "EG-6103"


async def test_a_provider_that_never_answers_leaves_nothing_behind(
    collaborator: AsyncClient, echo: Any
) -> None:
    echo.fail = GatewayError("EG-4008", provider="Ailleurs")
    told = await send(collaborator, draft())
    assert told[-1]["type"] == "error"
    assert told[-1]["code"] == "EG-4008"
    assert told[-1]["kept"] is False
    assert not await Conversation.objects.aexists()


async def test_an_answer_cut_half_way_is_kept_and_said(collaborator: AsyncClient, echo: Any) -> None:
    echo.fail, echo.fail_after = GatewayError("EG-4011", provider="Ailleurs"), 2
    told = await send(collaborator, draft())
    assert (told[-1]["code"], told[-1]["kept"]) == ("EG-4011", True)
    answer = await Message.objects.aget(role=Message.Role.ASSISTANT)
    assert answer.state == Message.State.FAILED


async def test_an_unforeseen_failure_says_nothing_of_the_text(
    collaborator: AsyncClient, echo: Any, caplog: pytest.LogCaptureFixture
) -> None:
    echo.fail = ValueError(MAIL)
    told = await send(collaborator, draft())
    assert told[-1]["code"] == "EG-6109"
    assert "Lefèvre" not in json.dumps(told[-1], ensure_ascii=False) + caplog.text


@pytest.mark.parametrize("slow", [False, True], ids=["between two pieces", "while a piece is being received"])
async def test_a_person_who_stops_or_leaves_keeps_what_was_written(
    collaborator: AsyncClient, echo: Any, slow: bool
) -> None:
    if not slow:
        echo.gate = asyncio.Event()
    body = json.dumps(await seen(collaborator, draft())).encode()
    await leave_after_two_pieces(collaborator, body, slow=slow)
    await echo.ended.wait()  # the provider is told to stop as well
    answer = await kept_answer()
    assert answer.state == Message.State.STOPPED
    assert sealing.open_body(answer.conversation, answer).text != ""


async def kept_answer() -> Message:
    async with asyncio.timeout(10):
        while True:
            found = (
                await Message.objects.filter(role="assistant").select_related("conversation__owner").afirst()
            )
            if found is not None:
                return found
            await asyncio.sleep(0)


async def leave_after_two_pieces(client: AsyncClient, body: bytes, *, slow: bool) -> None:
    """A browser that goes away in the middle of an answer, at the level of the protocol."""
    left, parts = asyncio.Event(), 0
    asked = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if asked:
            return asked.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal parts
        parts += message["type"] == "http.response.body"
        if parts >= 2:
            left.set()
            if slow:
                await asyncio.Event().wait()  # the network does not take it

    headers = [
        (b"host", b"127.0.0.1"),
        (b"cookie", f"egide={client.cookies['egide'].value}; egide-csrf={TOKEN}".encode()),
        (b"x-csrftoken", TOKEN.encode()),
        (b"content-type", b"application/json"),
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/assistant/envoyer",
        "query_string": b"",
        "headers": headers,
    }
    await ASGIHandler()(scope, receive, send)


async def test_a_conversation_goes_on_with_its_own_provider(collaborator: AsyncClient, echo: Any) -> None:
    begun = (await send(collaborator, draft(provider="maison", model="petit")))[0]["conversation"]
    preview = (await post(collaborator, "apercu", draft("Merci.", conversation=begun))).json()
    assert preview["destination"] == "Reste dans l'entreprise."
    await send(collaborator, draft("Merci.", conversation=begun))
    turns, _ = echo.asked[-1]
    assert [turn.role for turn in turns] == ["user", "assistant", "user"]
    assert [turn.text for turn in turns] == [MAIL, MAIL, "Merci."]


async def test_what_was_hidden_stays_hidden_in_the_conversation(collaborator: AsyncClient, echo: Any) -> None:
    first = draft("Résume le projet Aurore.", hide=["projet Aurore"])
    begun = (await send(collaborator, first))[0]["conversation"]
    await send(collaborator, draft("Et plus court ?", conversation=begun))
    assert echo.asked[-1][1].hide == {"projet Aurore"}


async def test_an_earlier_answer_that_needs_a_reason_says_so(collaborator: AsyncClient, echo: Any) -> None:
    echo.policy = OPEN
    echo.says = "Votre cliente est en arrêt maladie pour une dépression."
    begun = (await send(collaborator, draft("Bonjour.")))[0]["conversation"]
    follow_up = draft("Merci, plus court ?", conversation=begun)
    preview = (await post(collaborator, "apercu", follow_up)).json()
    assert preview["needs_reason"] is True
    assert preview["explanation"].startswith("Un message précédent contient ce qui demande une raison")
    refused = await post(collaborator, "envoyer", await seen(collaborator, follow_up))
    assert refused.json()["error"]["code"] == "EG-6110"
    await send(collaborator, follow_up, justification="Suivi du dossier")
    # Given once, the reason holds for the rest of the conversation.
    await send(collaborator, draft("Encore plus court ?", conversation=begun))


async def test_an_earlier_answer_that_blocks_asks_for_a_new_conversation(
    collaborator: AsyncClient, echo: Any
) -> None:
    echo.says = "Le mot de passe du serveur est : Tr0ub4dor&3-Xy!"
    begun = (await send(collaborator, draft("Bonjour.")))[0]["conversation"]
    follow_up = draft("Merci.", conversation=begun)
    preview = (await post(collaborator, "apercu", follow_up)).json()
    assert preview["can_send"] is False
    assert preview["explanation"].endswith("ouvrez une nouvelle conversation.")
    refused = await post(collaborator, "envoyer", await seen(collaborator, follow_up))
    assert refused.json()["error"]["code"] == "EG-6111"
    assert len(echo.asked) == 1


async def test_nobody_reads_or_continues_the_conversation_of_another(
    collaborator: AsyncClient, pilot: AsyncClient, echo: Any
) -> None:
    begun = (await send(collaborator, draft()))[0]["conversation"]
    for address in ("apercu", "envoyer"):
        answer = await post(
            pilot, address, draft(conversation=begun, **({"seen": "x"} if address == "envoyer" else {}))
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "EG-6101")
    assert len(echo.asked) == 1


async def test_a_conversation_deleted_while_answered_stays_deleted(
    collaborator: AsyncClient, zoe: User, echo: Any
) -> None:
    echo.gate = asyncio.Event()
    answer = await post(collaborator, "envoyer", await seen(collaborator, draft()))
    arriving = answer.streaming_content
    await anext(arriving)
    await sync_to_async(history.delete)(zoe)
    echo.gate.set()
    assert json.loads([part async for part in arriving][-1]) == {"type": "done"}
    assert not await Message.objects.aexists()


async def test_a_person_who_reads_english_is_told_in_english(collaborator: AsyncClient, echo: Echo) -> None:
    collaborator.cookies["egide-language"] = "en"
    preview = (await post(collaborator, "apercu", draft())).json()
    email = next(f for f in preview["findings"] if f["label"] == "EMAIL")
    assert (email["word"], email["action_word"]) == ("email address", "masked")
    assert preview["summary"].startswith("Masked before sending: ")
    assert preview["destination"] == "Goes to a public provider."
    assert preview["explanation"] == preview["summary"]

    refused = await post(collaborator, "envoyer", draft())
    assert refused.json()["error"]["title"] == "The request does not have the expected form (field “seen”)."

    # The error is met in the stream, after the middleware has given the response back.
    echo.fail = RuntimeError("broken")
    assert (await send(collaborator, draft()))[-1]["title"] == "Sending failed for an unexpected reason."
