"""Where the note on placeholders is put, so that the model reads it.

Each protocol has a place for what is said before the conversation. Some models that speak the chat protocol
take no system message at all: for them the note goes in front of what the person says.
"""

from __future__ import annotations

from typing import Any

from egide.checks import Note
from egide.gateway.dialect import Dialect


def add_note(dialect: Dialect, request: dict[str, Any], note: str, place: Note) -> None:
    """Put ``note`` into the request, in place."""
    first = _spoken(request) if place is Note.USER else None
    if first is None:
        dialect.add_note(request, note)
    elif type(first["content"]) is str:
        first["content"] = f"{note}\n\n{first['content']}"
    else:
        first["content"].insert(0, {"type": "text", "text": f"{note}\n\n"})


def _spoken(request: dict[str, Any]) -> dict[str, Any] | None:
    """The first message of a chat that has no system message, if it can take a text."""
    messages = request.get("messages")
    first = messages[0] if type(messages) is list and messages and "system" not in request else None
    if (
        type(first) is not dict
        or first.get("role") != "user"
        or type(first.get("content")) not in (str, list)
    ):
        return None
    return first
