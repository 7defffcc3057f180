"""Anthropic Messages: ``POST /v1/messages``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._anthropic import Anthropic
from egide.gateway.dialects.anthropic_messages import thinking
from egide.gateway.dialects.anthropic_messages.answer import ANSWER, restore
from egide.gateway.dialects.anthropic_messages.request import REQUEST
from egide.gateway.dialects.anthropic_messages.stream import MessageStream
from egide.gateway.fields import Obj
from egide.ports import Turn
from egide.pseudonymisation import Session

# The protocol wants a limit; the Assistant's answers are read by a person.
_LONGEST_ANSWER: Final = 4096


class AnthropicMessages(Anthropic):
    """See ``gateway.dialect.Conversation``."""

    name = "anthropic-messages"
    path = "/messages"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER

    def add_note(self, request: dict[str, Any], note: str) -> None:
        system = request.get("system")
        if isinstance(system, list):
            system.insert(0, {"type": "text", "text": note})
        else:
            request["system"] = f"{note}\n\n{system}" if system else note

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        messages = body.get("messages")
        for message in messages if type(messages) is list else ():
            content = message.get("content") if type(message) is dict else None
            for block in content if type(content) is list else ():
                if type(block) is dict:
                    thinking.unseal(block, signing)

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session, signing)

    def stream(self, session: Session, signing: Signing) -> MessageStream:
        return MessageStream(session, signing)

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        messages = [{"role": turn.role, "content": turn.text} for turn in turns]
        return {"model": model, "max_tokens": _LONGEST_ANSWER, "messages": messages, "stream": True}

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        said = {"role": "user", "content": "Bonjour."}
        return {"model": model, "messages": [said], "max_tokens": 64, "stream": streamed}


DIALECT: Final = AnthropicMessages()
