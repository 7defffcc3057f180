"""What the page asks while a person writes, sends, or decides for the company. Asynchronous views."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.utils import timezone

from egide.errors import PolicyError, WorkspaceError
from egide.ports import Delta, Preview
from egide.workspace.accounts.access import person
from egide.workspace.accounts.models import User
from egide.workspace.assistant import company, exchange, history, holding, requests
from egide.workspace.assistant.answers import json_view, refusal
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.drafting import draft_of
from egide.workspace.assistant.models import Conversation
from egide.workspace.assistant.preview import NOTHING, describe, was_seen
from egide.workspace.assistant.standing import STOPS, Standing, standing
from egide.workspace.assistant.streamed import Streamed
from egide.workspace.assistant.words import counted
from egide.workspace.justifications import services as justifications
from egide.workspace.wiring import wired


@json_view
async def preview(request: HttpRequest) -> HttpResponseBase:
    asked = requests.read(request, requests.DraftRequest)
    draft = await sync_to_async(draft_of)(person(request), asked)
    owner = person(request)
    before = await _standing(owner, draft, asked.conversation)
    return JsonResponse(await _described(owner, draft, await _preview(draft), before))


@json_view
async def send(request: HttpRequest) -> HttpResponseBase:
    asked = requests.read(request, requests.SendRequest)
    owner = person(request)
    draft = await sync_to_async(draft_of)(owner, asked)
    if not draft.text.strip():
        raise WorkspaceError("EG-6103")
    before = await _standing(owner, draft, asked.conversation)
    found = await _preview(draft)
    if not was_seen(asked.seen, draft, found):
        return refusal(WorkspaceError("EG-6102"), preview=await _described(owner, draft, found, before))
    accepted = asked.held and await sync_to_async(holding.accepted)(
        owner, draft, asked.conversation, asked.held
    )
    draft = accepted or draft
    _check(draft, found, before, explained=bool(accepted or asked.justification.strip()))
    question = Body.of_question(draft.text, found)
    kept = await sync_to_async(history.ask)(owner, draft, question, asked.conversation, timezone.now())
    return await _stream(kept, draft, asked)


@json_view
async def declare_exception(request: HttpRequest) -> HttpResponseBase:
    _check_role(request)
    asked = requests.read(request, requests.ExceptionRequest)
    await sync_to_async(company.never_personal)(asked.value, person(request), undo=asked.undo)
    return JsonResponse({"done": True})


@json_view
async def declare_term(request: HttpRequest) -> HttpResponseBase:
    _check_role(request)
    value = requests.read(request, requests.ValueRequest).value
    await sync_to_async(company.always_hidden)(value, person(request))
    return JsonResponse({"done": True})


@json_view
async def propose(request: HttpRequest) -> HttpResponseBase:
    asked = requests.read(request, requests.ProposalRequest)
    outcome = await sync_to_async(company.propose)(asked, person(request))
    return JsonResponse({"outcome": outcome.value})


async def _preview(draft: Draft) -> Preview:
    # In a thread: a long text takes tens of milliseconds, during which other streams must go on.
    return await asyncio.to_thread(
        wired().exchanges.preview, draft.caller, draft.provider.id, draft.text, draft.adjustments
    )


async def _standing(owner: User, draft: Draft, conversation: UUID | None) -> Standing:
    if conversation is None:
        return NOTHING
    turns = await sync_to_async(history.turns_of)(owner, conversation)
    return await asyncio.to_thread(standing, wired().exchanges, draft, turns)


async def _described(owner: User, draft: Draft, found: Preview, before: Standing) -> dict[str, object]:
    rules = await sync_to_async(company.rules)(draft.provider.trust)
    alone = await sync_to_async(justifications.decides_alone)(owner)
    health = wired().exchanges.health().get(draft.provider.id)
    return describe(draft, found, rules, before, health, alone=alone)


def _check(draft: Draft, found: Preview, before: Standing, *, explained: bool) -> None:
    """``explained``: the reason was given for this very message, not for an earlier one."""
    decision = found.decision
    if before.blocked:
        raise WorkspaceError("EG-6111")
    if not decision.released(justified=True, approved=True):
        stops = [t.finding.label for t in found.treatments if t.action in STOPS]
        raise PolicyError("EG-3001", labels=counted(stops))
    reason = draft.adjustments.justification
    approval = before.needs_approval or decision.asks_approval
    if (approval and not explained) or (not reason and (before.needs_reason or not decision.released())):
        raise WorkspaceError("EG-6110")
    if explained and (approval or not decision.released()):
        justifications.said(reason)


async def _stream(kept: Conversation, draft: Draft, asked: requests.SendRequest) -> StreamingHttpResponse:
    turns = await sync_to_async(history.turns)(kept)

    def answer() -> Any:
        return wired().exchanges.answer(
            draft.caller,
            draft.provider.id,
            turns,
            model=draft.model or None,
            conversation=str(kept.id),
            adjustments=draft.adjustments,
        )

    def ask() -> AsyncGenerator[Delta]:
        return holding.held_when_it_waits(answer, kept.owner, draft, asked.conversation, asked.held)

    response = StreamingHttpResponse(Streamed(exchange.lines(kept, ask)), content_type="application/x-ndjson")
    response["X-Accel-Buffering"] = "no"  # a proxy in front must not hold the answer back
    return response


def _check_role(request: HttpRequest) -> None:
    if not person(request).is_pilot:
        raise WorkspaceError("EG-6107")
