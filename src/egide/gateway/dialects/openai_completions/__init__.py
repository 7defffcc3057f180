"""OpenAI completions: ``POST /v1/completions``, a text to continue. Old; vLLM and llama.cpp still speak it.

No note is put in front of the text: it would be continued as if the caller had written it, and an echo or a
suffix would carry it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects._openai import OpenAI, restore
from egide.gateway.dialects.openai_completions.answer import ANSWER
from egide.gateway.dialects.openai_completions.request import REQUEST
from egide.gateway.dialects.openai_completions.stream import CompletionStream
from egide.gateway.fields import Obj
from egide.pseudonymisation import Session


class OpenAICompletions(OpenAI):
    """See ``gateway.dialect.Dialect``."""

    name = "openai-completions"
    path = "/completions"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """There is no place for it."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session, "text", str)

    def stream(self, session: Session, signing: Signing) -> CompletionStream:
        return CompletionStream(session)

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        return {"model": model, "prompt": "Bonjour.", "max_tokens": 64, "stream": streamed}


DIALECT: Final = OpenAICompletions()
