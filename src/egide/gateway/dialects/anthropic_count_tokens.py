"""Anthropic count tokens: ``POST /v1/messages/count_tokens``, how long a message would be.

The request is masked as the message would be, its note included: what is counted is what would leave.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._anthropic import Anthropic
from egide.gateway.dialects._figures import Figures
from egide.gateway.dialects.anthropic_messages import DIALECT as MESSAGES
from egide.gateway.fields import Obj
from egide.pseudonymisation import Session

# What weighs in the count; the service refuses the other fields of a message.
_COUNTED: Final = (
    "model",
    "messages",
    "system",
    "tools",
    "tool_choice",
    "thinking",
    "output_config",
    "cache_control",
)


class AnthropicCountTokens(Figures, Anthropic):
    """See ``gateway.dialect.Dialect``."""

    name = "anthropic-count-tokens"
    path = "/messages/count_tokens"
    request: Obj = Obj({name: MESSAGES.request.fields[name] for name in _COUNTED}, MESSAGES.request.required)
    answer: Mapping[str, str] = {
        "input_tokens": "transmis tel quel : le compte de ce qui partirait, note d'Égide comprise"
    }

    def add_note(self, request: dict[str, Any], note: str) -> None:
        MESSAGES.add_note(request, note)

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        MESSAGES.unseal(body, signing)

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        if type(answer) is not dict or type(answer.get("input_tokens")) is not int:
            raise ValueError("not a count")
        return Outcome()  # nothing was consumed

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        return {"model": model, "messages": [{"role": "user", "content": "Bonjour."}]}


DIALECT: Final = AnthropicCountTokens()
