"""One exchange of the Assistant, as a stream of lines of JSON (one object a line).

``started`` (conversation), ``moved`` when another service answers, then ``piece`` (text, and a label when it
is a value put back), then ``done`` (with what the checks found) or ``error``. What was received is kept
whatever happens: end, stop, failure of the provider. A question that got nothing at all is withdrawn, so
that the page can give it back to be sent again.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import asdict
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone

from egide.errors import EgideError, WorkspaceError
from egide.ports import Delta
from egide.workspace.assistant import history
from egide.workspace.assistant.answers import told
from egide.workspace.assistant.body import Body
from egide.workspace.assistant.models import Conversation, Message
from egide.workspace.assistant.notes import shown
from egide.workspace.assistant.offsets import Utf16Offsets
from egide.workspace.assistant.words import moved
from egide.workspace.assistant.words import said as in_words

logger = logging.getLogger(__name__)


async def lines(conversation: Conversation, ask: Callable[[], Any]) -> AsyncGenerator[bytes, None]:
    """The events, encoded. ``ask`` sends and gives an asynchronous generator of ``ports.Delta``."""
    received: list[Delta] = []
    said = ""  # that another service answers
    state = Message.State.STOPPED
    problem: EgideError | None = None
    try:
        yield _line({"type": "started", "conversation": str(conversation.id)})
        # Closing the source at once when the person stops: the provider must not go on writing.
        async with aclosing(ask()) as source:
            async for delta in source:
                if delta.moved is not None:
                    said = moved(delta.moved)
                    yield _line({"type": "moved", "said": said})
                    continue
                received.append(delta)
                if delta.text:
                    yield _line({"type": "piece", "text": delta.text, "label": delta.label})
        state = Message.State.COMPLETE
    except EgideError as refused:
        state, problem = Message.State.FAILED, refused
    except Exception as failure:  # fail closed, in words; the type only, a message could quote a text
        logger.error("assistant exchange failed: %s", type(failure).__name__)
        state, problem = Message.State.FAILED, WorkspaceError("EG-6109")
    finally:
        # Shielded: a person who leaves cancels this task, not the keeping of what was received.
        await asyncio.shield(_keep(conversation, received, state, said))
    if problem is None:
        yield _line({"type": "done", **_checked(received)})
    else:
        yield _line({"type": "error", "kept": bool(received), **told(problem)})


def _line(event: dict[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode() + b"\n"


def _checked(received: list[Delta]) -> dict[str, Any]:
    """What the checks say of the answer: marks in UTF-16 code units, notes below it."""
    if not received or received[-1].checks is None:
        return {}
    body = Body.of_answer(received)
    offset = Utf16Offsets(body.text)
    marks = [
        {"start": offset(mark.start), "end": offset(mark.end), "reason": in_words(mark.reason)}
        for mark in body.marks
        if mark.reason
    ]
    return {"marks": marks, "notes": [asdict(shown(note)) for note in body.notes]}


@sync_to_async
def _keep(conversation: Conversation, received: list[Delta], state: Message.State, said: str) -> None:
    if received or state is Message.State.COMPLETE:
        history.answer(conversation, Body.of_answer(received, said), state, timezone.now())
    else:
        history.withdraw(conversation)
