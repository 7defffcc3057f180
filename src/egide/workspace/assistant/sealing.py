"""Texts of a conversation, sealed for its owner and for the place where they lie.

The scope ties each sealed text to one person, one conversation and one place in it: moved elsewhere in
the database, it no longer opens.
"""

from __future__ import annotations

import json
from typing import Any

from egide.ports import Adjustments
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.models import Conversation, Held, Message
from egide.workspace.wiring import keyring


def _scope(conversation: Conversation, place: str) -> str:
    return f"assistant/{conversation.owner.public_id}/{conversation.id}/{place}"


def _seal(conversation: Conversation, place: str, content: object) -> bytes:
    return keyring().seal(json.dumps(content).encode(), _scope(conversation, place))


def _open(conversation: Conversation, place: str, sealed: bytes | memoryview) -> object:
    return json.loads(keyring().open(bytes(sealed), _scope(conversation, place)))


def seal_title(conversation: Conversation, title: str) -> bytes:
    """The title, sealed."""
    return _seal(conversation, "title", title)


def open_title(conversation: Conversation) -> str:
    """The title, in clear."""
    return str(_open(conversation, "title", conversation.sealed_title))


def seal_choices(conversation: Conversation, chosen: Adjustments) -> bytes:
    """The person's decisions on values and the reason given, sealed."""
    content = {
        "keep": sorted(chosen.keep),
        "hide": sorted(chosen.hide),
        "justification": chosen.justification,
    }
    return _seal(conversation, "choices", content)


def open_choices(conversation: Conversation) -> Adjustments:
    """The person's decisions, in clear."""
    content = _open(conversation, "choices", conversation.sealed_choices)
    assert isinstance(content, dict)  # noqa: S101 - we sealed it ourselves
    return Adjustments(frozenset(content["keep"]), frozenset(content["hide"]), content["justification"])


def seal_body(conversation: Conversation, message: Message, body: Body) -> bytes:
    """The text and marks of a message, sealed."""
    return _seal(conversation, f"{message.position}/{message.role}", body.to_json())


def open_body(conversation: Conversation, message: Message) -> Body:
    """The text and marks of a message, in clear."""
    content = _open(conversation, f"{message.position}/{message.role}", message.sealed_body)
    assert isinstance(content, dict)  # noqa: S101 - we sealed it ourselves
    return Body.from_json(content)


def seal_held(held: Held, content: dict[str, object]) -> bytes:
    """A message that waits, sealed."""
    return keyring().seal(json.dumps(content).encode(), _held_scope(held))


def open_held(held: Held) -> dict[str, Any]:
    """A message that waits, in clear."""
    content: dict[str, Any] = json.loads(keyring().open(bytes(held.sealed_draft), _held_scope(held)))
    return content


def _held_scope(held: Held) -> str:
    return f"assistant/{held.owner.public_id}/held/{held.justification}"
