"""OpenAI Responses: ``POST /v1/responses``, in which the provider may keep the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.openai_chat import DIALECT as CHAT
from egide.gateway.dialects.openai_responses.answer import ANSWER, restore
from egide.gateway.dialects.openai_responses.request import REQUEST
from egide.gateway.dialects.openai_responses.stream import ResponseStream
from egide.gateway.fields import Obj
from egide.policy import Provider
from egide.ports import Turn
from egide.pseudonymisation import Session


class OpenAIResponses:
    """See ``gateway.dialect.Dialect``."""

    name = "openai-responses"
    kind: Literal["openai"] = "openai"
    path = "/responses"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER
    assistant = False
    stateful = True
    absent = "EG-4022"

    def upstream(self, provider: Provider) -> str:
        return f"{provider.base_url.rstrip('/')}/responses"

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        return CHAT.headers(provider, given)

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """At every turn: the provider carries no instructions over from the turn before."""
        said = request.get("instructions")
        request["instructions"] = f"{note}\n\n{said}" if said else note

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        """Seals are read with the fields that bear them."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session, signing)

    def stream(self, session: Session, signing: Signing) -> ResponseStream:
        return ResponseStream(session, signing)

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        return CHAT.error(status, code, message)

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        """In both forms that clients look for: fields of the event, and an ``error`` of its own."""
        error = self.error(status, code, message)["error"]
        said = {"type": "error", "sequence_number": number, "code": code, "message": error["message"]}
        return sse.encode(orjson.dumps({**said, "param": None, "error": error}), "error")

    def models(self, names: Sequence[str]) -> dict[str, Any]:
        return CHAT.models(names)

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        said = [{"role": turn.role, "content": turn.text} for turn in turns]
        return {"model": model, "input": said, "stream": True}

    def smallest(self, fields: dict[str, Any]) -> dict[str, Any]:
        said = fields.get("input", [])
        asked = {"role": "user", "content": "Bonjour."}
        return {"max_output_tokens": 64, **fields, "input": said if type(said) is str else [*said, asked]}


DIALECT: Final = OpenAIResponses()
