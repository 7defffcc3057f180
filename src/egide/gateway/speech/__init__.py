"""OpenAI transcriptions: ``POST /v1/audio/transcriptions``, closed unless the policy opens it.

A voice cannot be masked: a recording leaves as it is, to a provider of trust ``local`` and no other. It is
not among ``dialects``: its body is a form, and nobody may speak to it by default.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final, cast

from egide.errors import GatewayError
from egide.gateway.bodies import Encoded
from egide.gateway.dialect import Dialect, Outcome, Signing
from egide.gateway.dialects._openai import OpenAI
from egide.gateway.fields import Obj
from egide.gateway.speech import form
from egide.gateway.speech.answer import ANSWER, restore
from egide.gateway.speech.recording import Recording, recognised
from egide.gateway.speech.request import PLAIN_FORMATS, REQUEST
from egide.gateway.speech.stream import TranscriptStream
from egide.policy import Policy, Provider, Speech, Trust
from egide.pseudonymisation import Session

_FILE: Final = "file"
_FLAGS: Final = {"true": True, "false": False}


class OpenAITranscriptions(OpenAI):
    """See ``gateway.dialect.Dialect``."""

    name = "openai-transcriptions"
    path = "/audio/transcriptions"
    request: Obj = REQUEST
    answer: Mapping[str, str] = ANSWER
    heard = True

    def __init__(self) -> None:
        self._boundary = f"egide-{secrets.token_hex(24)}"

    def decode(self, raw: bytes, content_type: bytes) -> dict[str, Any]:
        given = form.read(raw, content_type)
        body = dict(given.fields)
        if type(body.get("stream")) is str:
            body["stream"] = _FLAGS.get(body["stream"], body["stream"])
        for name, data in given.files.items():
            body[name] = recognised(data) if name == _FILE else data  # which no other field takes
        return body

    def encode(self, request: dict[str, Any]) -> Encoded:
        sound: Recording = request[_FILE]
        fields = {
            name: _written(value) for name, value in request.items() if name != _FILE and value is not None
        }
        file = (_FILE, f"audio.{sound.ending}", sound.media, sound.data)
        data = form.write(self._boundary, fields, file)
        text = len(data) - len(sound.data)
        return Encoded(f"multipart/form-data; boundary={self._boundary}", data, text)

    def plain(self, request: dict[str, Any]) -> bool:
        return request.get("response_format") in PLAIN_FORMATS

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """No model reads instructions here."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        return restore(answer, session)

    def stream(self, session: Session, signing: Signing) -> TranscriptStream:
        return TranscriptStream(session)

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        silence = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1f\0\0\x80\x3e\0\0\2\0\x10\0data\0\0\0\0"
        return {"model": model, _FILE: recognised(memoryview(silence)), "stream": streamed}


# Its path is one of its class, as that of every dialect, which the protocol cannot say.
TRANSCRIPTIONS: Final = cast("Dialect", OpenAITranscriptions())


def opened(policy: Policy) -> bool:
    """Whether the policy lets anybody have a recording written down."""
    return policy.document.speech is Speech.LOCAL


def check(policy: Policy, provider: Provider) -> None:
    """Raise GatewayError EG-4070 unless a recording may go to this provider."""
    if not opened(policy) or provider.trust is not Trust.LOCAL:
        raise GatewayError("EG-4070", provider=provider.name)


def _written(value: Any) -> str | list[str]:
    """As a form says it."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
