"""A whole transcription: its texts get back the values that the prompt held."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome
from egide.gateway.dialects._openai import count
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Session

ANSWER: Final[Mapping[str, str]] = {
    "text": "valeurs de l'invite remises en place, aussi dans un flux coupé n'importe où",
    "segments[].text": "valeurs de l'invite remises en place",
    "words[].word": "valeurs de l'invite remises en place quand le repère est entier",
    "logprobs": "retirés quand quelque chose est masqué",
    "usage": "transmis tel quel, compté au journal",
    "(texte, srt, vtt)": "valeurs de l'invite remises en place",
}


def restore(answer: Any, session: Session) -> Outcome:
    """Restore in place. Raises ValueError when the answer is not a transcription."""
    if type(answer) is not dict or type(answer.get("text")) is not str:
        raise ValueError("not a transcription")
    outcome = Outcome(input_tokens=0)  # a recording is no text: nobody bills its bytes
    read_usage(answer, outcome)
    if session.note:
        answer.pop("logprobs", None)  # tokens of placeholders: neither restorable nor of use
        restore_strings(answer, session)
    return outcome


def read_usage(answer: dict[str, Any], outcome: Outcome) -> None:
    """Tokens, where the service tells them: others tell seconds."""
    usage = answer.get("usage")
    if type(usage) is dict:
        outcome.input_tokens = count(usage.get("input_tokens"), outcome.input_tokens)
        outcome.output_tokens = count(usage.get("output_tokens"), outcome.output_tokens)
