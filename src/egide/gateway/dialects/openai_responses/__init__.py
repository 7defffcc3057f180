"""OpenAI Responses: ``POST /v1/responses``, in which the provider may keep the conversation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._openai import OpenAI
from egide.gateway.dialects.openai_responses.answer import ANSWER, restore
from egide.gateway.dialects.openai_responses.request import REQUEST
from egide.gateway.dialects.openai_responses.stream import ResponseStream
from egide.gateway.fields import Obj
from egide.pseudonymisation import Session


class OpenAIResponses(OpenAI):
    """See ``gateway.dialect.Dialect``."""

    name = "openai-responses"
    path = "/responses"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER
    stateful = True
    absent = "EG-4022"

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

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        """In both forms that clients look for: fields of the event, and an ``error`` of its own."""
        error = self.error(status, code, message)["error"]
        said = {"type": "error", "sequence_number": number, "code": code, "message": error["message"]}
        return sse.encode(orjson.dumps({**said, "param": None, "error": error}), "error")

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        asked = {"role": "user", "content": "Bonjour."}
        return {"model": model, "input": [asked], "max_output_tokens": 64, "stream": streamed}


DIALECT: Final = OpenAIResponses()
