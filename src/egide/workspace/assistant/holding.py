"""Messages that wait for a pilot: kept as they were written, found again, sent once accepted, or given up."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone

from egide.errors import PolicyError, WorkspaceError
from egide.ports import Adjustments, Delta
from egide.workspace.accounts.models import User
from egide.workspace.assistant import sealing
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.models import Conversation, Held
from egide.workspace.justifications import services as justifications
from egide.workspace.justifications.shown import Shown, shown

# Refusals that are not the end: a reason, or a pilot, may still let the message go.
WAITS: Final = frozenset({"EG-3020", "EG-3021", "EG-3022"})


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits, in clear, and where its request stands."""

    id: str
    text: str = field(repr=False)
    usage: str
    provider: str
    model: str
    choices: Adjustments = field(repr=False)
    conversation: Conversation | None
    request: Shown
    prompt: str = ""

    @property
    def state(self) -> str:
        """That of the request; ``over`` when its time has passed."""
        return str(self.request.row.state) if self.request.alive else "over"

    def is_of(self, draft: Draft, conversation: UUID | None) -> bool:
        """Whether the draft is this very message."""
        mine = self.conversation.id if self.conversation else None
        kept = (self.text, self.usage, self.provider, self.model, mine, self.choices.keep, self.choices.hide)
        asked = draft.adjustments
        return kept == (
            draft.text,
            draft.caller.usage.id,
            draft.provider.id,
            draft.model,
            conversation,
            asked.keep,
            asked.hide,
        )


def hold(owner: User, draft: Draft, conversation: UUID | None, justification: str, now: datetime) -> None:
    """Keep a message until it may be sent. The same one, held again, is kept once."""
    held = Held(owner=owner, conversation_id=conversation, justification=justification, created_at=now)
    content: dict[str, object] = {
        "text": draft.text,
        "usage": draft.caller.usage.id,
        "provider": draft.provider.id,
        "model": draft.model,
        "prompt": draft.guidance.ref if draft.guidance else "",
        "keep": sorted(draft.adjustments.keep),
        "hide": sorted(draft.adjustments.hide),
    }
    sealed = sealing.seal_held(held, content)
    Held.objects.get_or_create(
        justification=justification,
        defaults={"owner": owner, "conversation_id": conversation, "sealed_draft": sealed, "created_at": now},
    )


def find(owner: User, justification: str) -> Message:
    """The message of this owner. Raises WorkspaceError EG-6160."""
    rows = Held.objects.select_related("owner", "conversation__owner")
    held = rows.filter(owner=owner, justification=justification).first()
    row = justifications.state_of(justification, owner)
    if held is None or row is None:
        raise WorkspaceError("EG-6160")
    content, (request,) = sealing.open_held(held), shown([row])
    choices = Adjustments(frozenset(content.pop("keep")), frozenset(content.pop("hide")))
    return Message(
        id=justification, choices=choices, conversation=held.conversation, request=request, **content
    )


def give_up(owner: User, justification: str) -> None:
    """Forget the message, and what was asked for it."""
    Held.objects.filter(owner=owner, justification=justification).delete()
    justifications.withdraw(justification, owner)


def accepted(owner: User, draft: Draft, conversation: UUID | None, justification: str) -> Draft | None:
    """The draft with the reason that a pilot accepted for this very message; None when that is not so."""
    try:
        message = find(owner, justification)
    except WorkspaceError:
        return None
    if not (message.request.to_send and message.is_of(draft, conversation)):
        return None
    return replace(draft, adjustments=replace(draft.adjustments, justification=message.request.reason))


async def held_when_it_waits(
    ask: Callable[[], AsyncGenerator[Delta]],
    owner: User,
    draft: Draft,
    conversation: UUID | None,
    justification: str,
) -> AsyncGenerator[Delta]:
    """The answer. A message that must wait is kept first; the one held as ``justification`` is forgotten
    once its answer has begun."""
    try:
        async with aclosing(ask()) as source:
            async for delta in source:
                if justification:
                    await Held.objects.filter(owner=owner, justification=justification).adelete()
                    justification = ""
                yield delta
    except PolicyError as problem:
        if problem.code in WAITS:
            name: Any = problem.fields["justification"]
            await sync_to_async(hold)(owner, draft, conversation, str(name), timezone.now())
        raise
