"""Conversations of one person: begin, continue, read, rename, delete. Always by owner, no exception.

A conversation of somebody else does not exist here, whatever the role: every query starts from the
owner. Synchronous: views call it through ``sync_to_async``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from egide.errors import WorkspaceError
from egide.ports import Adjustments, Turn
from egide.workspace.accounts.models import User
from egide.workspace.assistant import sealing
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.draft import Draft
from egide.workspace.assistant.models import Conversation, Held, Message
from egide.workspace.assistant.title import title_of
from egide.workspace.justifications import services as justifications


@dataclass(frozen=True, slots=True)
class Line:
    """A conversation in the list."""

    id: UUID
    title: str = field(repr=False)
    usage: str
    provider: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A message, opened."""

    role: str
    state: str
    body: Body = field(repr=False)
    created_at: datetime


def mine(owner: User, conversation: UUID) -> Conversation:
    """The conversation of this owner. Raises WorkspaceError EG-6101."""
    found = Conversation.objects.filter(owner=owner, id=conversation).first()
    if found is None:
        raise WorkspaceError("EG-6101")
    return found


def of(owner: User) -> QuerySet[Conversation]:
    """Every conversation of the owner, latest first."""
    return Conversation.objects.filter(owner=owner).select_related("owner")


def lines(conversations: Iterable[Conversation]) -> list[Line]:
    """These conversations, their titles opened."""
    return [
        Line(row.id, sealing.open_title(row), row.usage, row.provider, row.updated_at)
        for row in conversations
    ]


def messages(conversation: Conversation) -> list[Shown]:
    """Messages in order, opened."""
    return [
        Shown(row.role, row.state, sealing.open_body(conversation, row), row.created_at)
        for row in conversation.messages.all()
    ]


def turns(conversation: Conversation) -> list[Turn]:
    """What the model is given. Answers that never began say nothing and are left out."""
    return [
        Turn("user" if message.role == Message.Role.USER else "assistant", message.body.text)
        for message in messages(conversation)
        if message.body.text
    ]


def turns_of(owner: User, conversation: UUID) -> list[Turn]:
    """The turns of a conversation of this owner. Raises WorkspaceError EG-6101."""
    return turns(mine(owner, conversation))


@transaction.atomic
def ask(owner: User, draft: Draft, body: Body, conversation: UUID | None, now: datetime) -> Conversation:
    """Keep a question, in this conversation or in a new one."""
    kept = _begin(owner, draft, now) if conversation is None else mine(owner, conversation)
    kept.sealed_choices = sealing.seal_choices(kept, draft.adjustments)
    kept.updated_at = now
    kept.save(update_fields=["sealed_choices", "updated_at"])
    _add(kept, Message.Role.USER, Message.State.COMPLETE, body, now)
    return kept


def _begin(owner: User, draft: Draft, now: datetime) -> Conversation:
    started = Conversation(
        owner=owner,
        usage=draft.caller.usage.id,
        provider=draft.provider.id,
        model=draft.model,
        prompt=draft.guidance.ref if draft.guidance else "",
        created_at=now,
        updated_at=now,
    )
    started.sealed_title = sealing.seal_title(started, title_of(draft.text))
    started.sealed_choices = sealing.seal_choices(started, draft.adjustments)
    started.save(force_insert=True)
    return started


@transaction.atomic
def answer(conversation: Conversation, body: Body, state: Message.State, now: datetime) -> None:
    """Keep an answer, unless the person deleted the conversation while it was being written."""
    if Conversation.objects.filter(id=conversation.id).update(updated_at=now):
        _add(conversation, Message.Role.ASSISTANT, state, body, now)


@transaction.atomic
def withdraw(conversation: Conversation) -> None:
    """Forget the last question, which got no answer at all; and the conversation if it was its first."""
    last = conversation.messages.order_by("position").last()
    if last is not None and last.role == Message.Role.USER:
        last.delete()
    if not conversation.messages.exists():
        Conversation.objects.filter(id=conversation.id).delete()


def choices(conversation: Conversation) -> Adjustments:
    """What the person decided so far in this conversation."""
    return sealing.open_choices(conversation)


def title(conversation: Conversation) -> str:
    """The title, opened."""
    return sealing.open_title(conversation)


def rename(conversation: Conversation, title: str) -> None:
    """Give a conversation another title."""
    conversation.sealed_title = sealing.seal_title(conversation, title_of(title))
    conversation.save(update_fields=["sealed_title"])


@transaction.atomic
def delete(owner: User, conversations: Iterable[UUID] | None = None) -> int:
    """Delete these conversations of the owner, or all of them, with the messages that wait in them, or that
    would begin one: no pilot need decide of those. How many conversations were deleted."""
    chosen = Conversation.objects.filter(owner=owner)
    waiting = Held.objects.filter(owner=owner)
    if conversations is not None:
        chosen = chosen.filter(id__in=list(conversations))
        waiting = waiting.filter(conversation__in=chosen)
    for name in list(waiting.values_list("justification", flat=True)):
        justifications.withdraw(name, owner)
    waiting.delete()
    return chosen.delete()[1].get("assistant.Conversation", 0)


def _add(
    conversation: Conversation, role: Message.Role, state: Message.State, body: Body, now: datetime
) -> None:
    last = conversation.messages.aggregate(last=Max("position"))["last"]
    row = Message(
        conversation=conversation,
        position=0 if last is None else last + 1,
        role=role,
        state=state,
        created_at=now,
    )
    row.sealed_body = sealing.seal_body(conversation, row, body)
    row.save(force_insert=True)
