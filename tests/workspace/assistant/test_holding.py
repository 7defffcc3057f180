from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client
from django.utils import timezone
from tests.workspace.assistant.conftest import Echo, post
from tests.workspace.assistant.test_api import HEALTH, draft, seen, send

from egide.errors import GatewayError, PolicyError
from egide.ports import Need
from egide.workspace.accounts.models import User
from egide.workspace.assistant.history import delete
from egide.workspace.assistant.models import Conversation, Held
from egide.workspace.assistant.services import purge
from egide.workspace.justifications import services as justifications
from egide.workspace.justifications.models import Justification, State

REASON = "Répondre à la CPAM sur un arrêt de travail."


@sync_to_async
def waiting(zoe: User) -> PolicyError:
    """What the gateway says of a message that must wait for a pilot."""
    need = Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "assistant", approval=True)
    with pytest.raises(PolicyError) as waits:
        justifications.settle(need, REASON, "ex-1", timezone.now())
    return waits.value


@sync_to_async
def decided(name: str, anne: User, *, accepted: bool = True) -> None:
    justifications.decide(name, anne, accepted=accepted, word="Entendu ainsi.", now=timezone.now())


async def held(client: AsyncClient, echo: Echo, zoe: User, **changes: Any) -> str:
    """A message of Zoé's that waits: the name of its request."""
    echo.fail = await waiting(zoe)
    told = await send(client, draft(HEALTH, **changes), justification=REASON)
    echo.fail = None
    assert (told[-1]["type"], told[-1]["code"], told[-1]["kept"]) == ("error", "EG-3022", False)
    return str(told[-1]["held"])


async def page(client: AsyncClient, name: str, **headers: str) -> str:
    answer = await client.get(f"/assistant/attente/{name}/", headers=headers)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return str(answer.content.decode())


async def test_a_preview_says_that_a_pilot_decides(
    collaborator: AsyncClient, pilot: AsyncClient, echo: Echo
) -> None:
    told = (await post(collaborator, "apercu", draft(HEALTH))).json()
    assert (told["can_send"], told["needs_reason"], told["needs_approval"]) == (True, True, True)
    assert told["summary"].startswith("Accord d'un pilote demandé : 1 information de santé.")
    # Nobody else could decide of hers.
    alone = (await post(pilot, "apercu", draft(HEALTH))).json()
    assert (alone["needs_reason"], alone["needs_approval"]) == (True, False)


async def test_a_message_that_waits_is_kept_sealed_and_shown_to_its_owner(
    collaborator: AsyncClient, pilot: AsyncClient, echo: Echo, zoe: User
) -> None:
    name = await held(collaborator, echo, zoe, keep=["Mme"], hide=["arrêt"])
    assert not await Conversation.objects.aexists()
    assert "dépression" not in repr([row async for row in Held.objects.values()])
    shown = await page(collaborator, name)
    assert f">\n{HEALTH}</textarea>" in shown
    assert 'data-state="waiting"' in shown
    assert REASON in shown
    assert '"keep": ["Mme"], "hide": ["arr' in shown
    assert (await pilot.get(f"/assistant/attente/{name}/")).status_code == 404
    assert (await pilot.post(f"/assistant/attente/{name}/abandonner")).status_code == 302
    assert await Held.objects.acount() == 1


async def test_a_reason_that_the_page_did_not_foresee_loses_nothing(
    collaborator: AsyncClient, echo: Echo, zoe: User
) -> None:
    """The gateway reads the whole conversation at once: it may find what each message alone did not show."""
    need = Need(zoe.public_id, "redaction", "ailleurs", "prudent-1", "a" * 64, "assistant", approval=False)
    row = await sync_to_async(justifications.ask)(need, timezone.now())
    echo.fail = PolicyError("EG-3020", labels="test", address="/x/", justification=row.public_id)
    told = await send(collaborator, draft("Bonjour à tous."))
    assert told[-1]["held"] == row.public_id
    shown = await page(collaborator, row.public_id)
    assert 'data-state="asked"' in shown
    assert f'href="/demandes/{row.public_id}/"' in shown
    await collaborator.post(f"/demandes/{row.public_id}/raison/", {"reason": REASON})
    assert 'data-state="approved"' in await page(collaborator, row.public_id)
    echo.fail = None
    await send(collaborator, draft("Bonjour à tous."), held=row.public_id)
    assert echo.asked[-1][1].justification == REASON


async def test_the_part_that_tells_the_answer_is_asked_for_alone(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    name = await held(collaborator, echo, zoe)
    part = {"HX-Request": "true"}
    assert "hx-get" in await page(collaborator, name, **part)
    await decided(name, anne)
    told = await page(collaborator, name, **part)
    assert 'data-state="approved"' in told
    assert "Entendu ainsi." in told
    assert "<textarea" not in told
    assert "hx-get" not in told


async def test_once_accepted_it_is_sent_as_it_was_with_the_reason_that_was_read(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    name = await held(collaborator, echo, zoe)
    await decided(name, anne)
    told = await send(collaborator, draft(HEALTH), held=name)
    assert told[-1]["type"] == "done"
    assert echo.asked[-1][1].justification == REASON
    assert not await Held.objects.aexists()


@pytest.mark.parametrize(
    "changes", [{"text": f"{HEALTH} "}, {"hide": ["arrêt"]}, {"model": "b"}, {"keep": ["Mme"]}]
)
async def test_a_message_that_changed_needs_another_approval(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User, changes: dict[str, Any]
) -> None:
    name = await held(collaborator, echo, zoe)
    await decided(name, anne)
    body = await seen(collaborator, draft(**{"text": HEALTH, **changes}))
    answer = await post(collaborator, "envoyer", {**body, "held": name})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "EG-6110")
    assert await Held.objects.aexists()


@pytest.mark.parametrize("accepted", [None, False], ids=["not decided", "refused"])
async def test_nothing_is_sent_before_it_is_accepted(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User, accepted: bool | None
) -> None:
    name = await held(collaborator, echo, zoe)
    asked = len(echo.asked)
    if accepted is not None:
        await decided(name, anne, accepted=accepted)
        assert 'data-state="refused"' in await page(collaborator, name)
    body = await seen(collaborator, draft(HEALTH))
    answer = await post(collaborator, "envoyer", {**body, "held": name})
    assert answer.json()["error"]["code"] == "EG-6110"
    assert len(echo.asked) == asked


async def test_the_approval_of_somebody_else_is_of_no_use(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    name = await held(collaborator, echo, zoe)
    await decided(name, anne)
    luc = await User.objects.acreate(email="luc@exemple.fr", role="collaborator")
    from egide.workspace.notice import services as notice

    await sync_to_async(notice.attest)(luc, None)
    other = AsyncClient()
    await other.aforce_login(luc)
    body = await seen(other, draft(HEALTH))
    assert (await post(other, "envoyer", {**body, "held": name})).json()["error"]["code"] == "EG-6110"


async def test_a_provider_that_fails_leaves_the_message_there(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    name = await held(collaborator, echo, zoe)
    await decided(name, anne)
    echo.fail = GatewayError("EG-4008", provider="Ailleurs")
    await send(collaborator, draft(HEALTH), held=name)
    await Justification.objects.filter(public_id=name).aupdate(state=State.USED)
    assert 'data-state="used"' in await page(collaborator, name)


async def test_in_a_conversation_each_message_has_its_own_approval(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    echo.says = "Bien noté."
    begun = (await send(collaborator, draft("Bonjour.")))[0]["conversation"]
    name = await held(collaborator, echo, zoe, conversation=begun)
    shown = await page(collaborator, name)
    assert "Bien noté." in shown
    assert f'data-conversation="{begun}"' in shown
    await decided(name, anne)
    await send(collaborator, draft(HEALTH, conversation=begun), held=name)
    follow_up = await seen(collaborator, draft("Plus court ?", conversation=begun))
    refused = await post(collaborator, "envoyer", follow_up)
    assert refused.json()["error"]["code"] == "EG-6110"


@pytest.mark.parametrize("reason", ["court", "x" * 30])
async def test_a_reason_must_say_something(collaborator: AsyncClient, echo: Echo, reason: str) -> None:
    body = await seen(collaborator, draft(HEALTH))
    refused = await post(collaborator, "envoyer", {**body, "justification": reason})
    assert refused.json()["error"]["code"] == "EG-6161"


async def test_a_message_is_given_up_with_its_request(
    collaborator: AsyncClient, echo: Echo, zoe: User
) -> None:
    name = await held(collaborator, echo, zoe)
    answer = await collaborator.post(f"/assistant/attente/{name}/abandonner")
    assert answer["Location"] == "/demandes/"
    assert not await Held.objects.aexists()
    assert not await Justification.objects.aexists()
    assert (await collaborator.get(f"/assistant/attente/{name}/")).status_code == 404


async def test_a_conversation_is_deleted_with_what_waits_in_it(
    collaborator: AsyncClient, echo: Echo, zoe: User
) -> None:
    begun = (await send(collaborator, draft("Bonjour.")))[0]["conversation"]
    await held(collaborator, echo, zoe, conversation=begun)
    await collaborator.post(f"/assistant/conversations/{begun}/supprimer")
    assert not await Held.objects.aexists()
    assert not await Justification.objects.aexists()


async def test_deleting_everything_forgets_a_message_that_would_begin_a_conversation(
    collaborator: AsyncClient, echo: Echo, zoe: User, anne: User
) -> None:
    await held(collaborator, echo, zoe)
    await sync_to_async(delete)(anne)
    assert await Held.objects.aexists()
    await sync_to_async(delete)(zoe)
    assert not await Held.objects.aexists()
    assert not await Justification.objects.aexists()


async def test_messages_that_wait_are_forgotten_in_time(
    collaborator: AsyncClient, echo: Echo, zoe: User
) -> None:
    await held(collaborator, echo, zoe)
    await sync_to_async(purge)(timezone.now() + timedelta(days=89))
    assert await Held.objects.aexists()
    await sync_to_async(purge)(timezone.now() + timedelta(days=91))
    assert not await Held.objects.aexists()


def test_nobody_reads_it_without_being_signed_in(committed_db: None) -> None:
    assert Client().get("/assistant/attente/ju-1/").status_code == 302
