"""Anthropic Messages: ``POST /v1/messages``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.anthropic_messages import thinking
from egide.gateway.dialects.anthropic_messages.answer import ANSWER, restore
from egide.gateway.dialects.anthropic_messages.request import REQUEST
from egide.gateway.dialects.anthropic_messages.stream import MessageStream
from egide.gateway.fields import Obj
from egide.policy import Provider
from egide.ports import Turn
from egide.pseudonymisation import Session

_VERSION: Final = "2023-06-01"
_DATE = re.compile(rb"\d{4}-\d\d-\d\d")
_TYPES: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}
# The protocol wants a limit; the Assistant's answers are read by a person.
_LONGEST_ANSWER: Final = 4096


class AnthropicMessages:
    """See ``gateway.dialect.Dialect``."""

    name = "anthropic-messages"
    kind: Literal["anthropic"] = "anthropic"
    path = "/messages"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER
    assistant = True
    stateful = False
    absent = None

    def upstream(self, provider: Provider) -> str:
        return f"{provider.base_url.rstrip('/')}/v1/messages"

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        version = given.get(b"anthropic-version", b"")
        headers = {"anthropic-version": version.decode() if _DATE.fullmatch(version) else _VERSION}
        return {**headers, "x-api-key": provider.api_key} if provider.api_key else headers

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

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "api_error")
        return {"type": "error", "error": {"type": kind, "message": f"{code} : {message}"}}

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        return sse.encode(orjson.dumps(self.error(status, code, message)), "error")

    def models(self, names: Sequence[str]) -> dict[str, Any]:
        date = "1970-01-01T00:00:00Z"  # unknown, and the client libraries want one
        data = [{"type": "model", "id": name, "display_name": name, "created_at": date} for name in names]
        return {
            "data": data,
            "has_more": False,
            "first_id": names[0] if names else None,
            "last_id": names[-1] if names else None,
        }

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        messages = [{"role": turn.role, "content": turn.text} for turn in turns]
        return {"model": model, "max_tokens": _LONGEST_ANSWER, "messages": messages, "stream": True}

    def smallest(self, fields: dict[str, Any]) -> dict[str, Any]:
        messages = [*fields.get("messages", ()), {"role": "user", "content": "Bonjour."}]
        return {"max_tokens": 64, **fields, "messages": messages}


DIALECT: Final = AnthropicMessages()
