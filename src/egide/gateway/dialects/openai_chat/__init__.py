"""OpenAI chat completions: ``POST /v1/chat/completions``, the protocol that most services speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.openai_chat.answer import ANSWER, restore
from egide.gateway.dialects.openai_chat.request import REQUEST
from egide.gateway.dialects.openai_chat.stream import ChatStream
from egide.gateway.fields import Obj
from egide.policy import Provider
from egide.ports import Turn
from egide.pseudonymisation import Session

_TYPES: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}


class OpenAIChat:
    """See ``gateway.dialect.Dialect``."""

    name = "openai-chat"
    kind: Literal["openai"] = "openai"
    path = "/chat/completions"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER
    assistant = True
    stateful = False
    absent = None

    def upstream(self, provider: Provider) -> str:
        return f"{provider.base_url.rstrip('/')}/chat/completions"

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        return {"authorization": f"Bearer {provider.api_key}"} if provider.api_key else {}

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

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        """Nothing in this protocol is signed by the provider."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session)

    def stream(self, session: Session, signing: Signing) -> ChatStream:
        return ChatStream(session)

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        kind = _TYPES.get(status, "api_error")
        return {"error": {"message": f"{code} : {message}", "type": kind, "param": None, "code": code}}

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        return sse.encode(orjson.dumps(self.error(status, code, message)))

    def models(self, names: Sequence[str]) -> dict[str, Any]:
        data = [
            {"id": name, "object": "model", "created": 0, "owned_by": name.split("/")[0]} for name in names
        ]
        return {"object": "list", "data": data}

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        messages = [{"role": turn.role, "content": turn.text} for turn in turns]
        return {"model": model, "messages": messages, "stream": True}

    def smallest(self, fields: dict[str, Any]) -> dict[str, Any]:
        messages = [*fields.get("messages", ()), {"role": "user", "content": "Bonjour."}]
        return {"max_tokens": 64, **fields, "messages": messages}


DIALECT: Final = OpenAIChat()
