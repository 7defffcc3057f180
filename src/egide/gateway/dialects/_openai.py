"""What every address of the OpenAI protocol shares: keys, errors, models, figures of usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import orjson

from egide.gateway import sse
from egide.gateway.dialect import Kind, Outcome, Signing
from egide.policy import Provider

_TYPES: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "invalid_request_error",
    422: "invalid_request_error",
    429: "rate_limit_error",
}


class OpenAI:
    """See ``gateway.dialect.Dialect``, of which this is a part."""

    kind: Kind = "openai"
    path: ClassVar[str]
    restores = True
    shared = False
    stateful = False
    absent: str | None = None
    default_model = ""

    def upstream(self, provider: Provider) -> str:
        return f"{provider.base_url.rstrip('/')}{self.path}"

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        return {"authorization": f"Bearer {provider.api_key}"} if provider.api_key else {}

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        """Nothing in this protocol is signed by the provider."""

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        kind = _TYPES.get(status, "api_error")
        return {"error": {"message": f"{code} : {message}", "type": kind, "param": None, "code": code}}

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        return sse.encode(orjson.dumps(self.error(status, code, message)))

    def model(self, name: str) -> dict[str, Any]:
        return {"id": name, "object": "model", "created": 0, "owned_by": name.split("/")[0]}

    def models(self, names: Sequence[str], query: Mapping[str, str]) -> dict[str, Any]:
        return {"object": "list", "data": [self.model(name) for name in names]}


def read_usage(answer: dict[str, Any], outcome: Outcome) -> None:
    """Tokens, where the service tells them."""
    usage = answer.get("usage")
    if type(usage) is dict:
        outcome.input_tokens = count(usage.get("prompt_tokens"), outcome.input_tokens)
        outcome.output_tokens = count(usage.get("completion_tokens"), outcome.output_tokens)


def finish_of(choice: dict[str, Any]) -> str | None:
    """Why the choice ended."""
    reason = choice.get("finish_reason")
    return reason if type(reason) is str else None


def count(value: Any, known: int | None) -> int | None:
    """A number of tokens, or what was known before."""
    return value if type(value) is int and 0 <= value < 2**40 else known
