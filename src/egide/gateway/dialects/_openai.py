"""What every address of the OpenAI protocol shares: keys, errors, models, figures of usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import orjson

from egide.gateway import sse
from egide.gateway.bodies import JsonBody
from egide.gateway.dialect import Kind, Outcome, Signing
from egide.gateway.restoring import restore_strings
from egide.policy import Provider
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
_CHUNK: Final = frozenset(
    {"id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier"}
)
_CHOICE: Final = frozenset({"index", "finish_reason", "logprobs"})


class OpenAI(JsonBody):
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


class Chunks:
    """What the streams of completions and of chat share: reading a chunk, whose choices have ``field``."""

    field: ClassVar[str]
    form: ClassVar[type]

    def __init__(self, session: Session) -> None:
        self._session = session
        self._masked = session.changes
        self._head: dict[str, Any] = {}
        self.outcome = Outcome()
        self.ended = False
        self.failed = False
        self.number = 0

    def _read(self, event: sse.Event) -> dict[str, Any] | None:
        """The chunk; None for a sign of life, or for the provider's own failure."""
        if not event.data:
            return None
        chunk = orjson.loads(event.data)
        if type(chunk) is dict and chunk.get("error") is not None:
            self.failed = True
            return None
        for choice in read_choices(chunk, self.field, self.form, self.outcome):
            if type(choice.setdefault("index", 0)) is not int:
                raise ValueError("a choice without a number")
        if not self._head:
            self._head = {key: chunk.get(key) for key in ("id", "object", "created", "model")}
        found: dict[str, Any] = chunk
        return found

    def _prune(self, chunk: dict[str, Any]) -> bool:
        """Without what the protocol has not, where values are taken out of the answer: nothing reads it."""
        if not self._session.read:
            return False
        odd = [(chunk, name) for name in chunk.keys() - _CHUNK]
        odd += [
            (choice, name) for choice in chunk["choices"] for name in choice.keys() - {*_CHOICE, self.field}
        ]
        for holder, name in odd:
            del holder[name]
        return bool(odd)


def restore(answer: Any, session: Session, field: str, form: type) -> Outcome:
    """Restore a whole answer in place, whose choices have ``field``. Raises ValueError when it is not one."""
    outcome = Outcome()
    for choice in read_choices(answer, field, form, outcome):
        if session.changes:
            choice["logprobs"] = None  # tokens of placeholders: neither restorable nor of use
    if session.changes:
        restore_strings(answer, session)
    return outcome


def read_choices(content: Any, field: str, form: type, outcome: Outcome) -> list[dict[str, Any]]:
    """The choices of an answer or of a chunk; ``outcome`` learns how they end, and the usage.

    Raises ValueError when they are not there, or one has no ``field`` of this ``form``.
    """
    if type(content) is not dict or type(content.get("choices")) is not list:
        raise ValueError("no choices")
    choices: list[dict[str, Any]] = content["choices"]
    for choice in choices:
        if type(choice) is not dict or type(choice.get(field)) is not form:
            raise ValueError("a choice without what it is to carry")
        outcome.finish = finish_of(choice) or outcome.finish
    read_usage(content, outcome)
    return choices


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
