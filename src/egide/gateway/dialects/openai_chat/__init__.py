"""OpenAI chat completions: ``POST /v1/chat/completions``, the protocol that most services speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._openai import OpenAI, restore
from egide.gateway.dialects.openai_chat.answer import ANSWER
from egide.gateway.dialects.openai_chat.request import REQUEST
from egide.gateway.dialects.openai_chat.stream import ChatStream
from egide.gateway.fields import Obj
from egide.ports import Turn
from egide.pseudonymisation import Session


class OpenAIChat(OpenAI):
    """See ``gateway.dialect.Conversation``."""

    name = "openai-chat"
    path = "/chat/completions"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """In the first system message if there is one: some services take no second one."""
        messages = request["messages"]
        first = messages[0] if messages else {}
        content = first.get("content")
        if first.get("role") in ("system", "developer") and isinstance(content, str):
            first["content"] = f"{note}\n\n{content}"
        elif first.get("role") in ("system", "developer") and isinstance(content, list):
            content.insert(0, {"type": "text", "text": f"{note}\n\n"})
        else:
            messages.insert(0, {"role": "system", "content": note})

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session, "message", dict)

    def stream(self, session: Session, signing: Signing) -> ChatStream:
        return ChatStream(session)

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        messages = [{"role": turn.role, "content": turn.text} for turn in turns]
        return {"model": model, "messages": messages, "stream": True}

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        said = {"role": "user", "content": "Bonjour."}
        return {"model": model, "messages": [said], "max_tokens": 64, "stream": streamed}


DIALECT: Final = OpenAIChat()
