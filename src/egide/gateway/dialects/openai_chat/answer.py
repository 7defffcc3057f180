"""A whole chat completion: every text of it gets its values back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome
from egide.gateway.dialects._openai import finish_of, read_usage
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Session

_PIECES: Final = "valeurs remises en place, aussi dans un flux coupé n'importe où"
ANSWER: Final[Mapping[str, str]] = {
    "choices[].message.content": _PIECES,
    "choices[].message.refusal": _PIECES,
    "choices[].message.reasoning_content": _PIECES,
    "choices[].message.reasoning": _PIECES,
    "choices[].message.tool_calls[].function.arguments": f"{_PIECES}, échappées pour le JSON",
    "choices[].message.tool_calls[].custom.input": _PIECES,
    "choices[].message.function_call.arguments": f"{_PIECES}, échappées pour le JSON",
    "choices[].logprobs": "retiré quand quelque chose est masqué",
    "usage": "transmis tel quel, compté au journal",
    "(autre texte)": "valeurs remises en place quand le repère est entier",
}


def restore(answer: Any, session: Session) -> Outcome:
    """Restore in place. Raises ValueError when the answer has not the shape of one."""
    if type(answer) is not dict or type(answer.get("choices")) is not list:
        raise ValueError("not a chat completion")
    outcome = Outcome()
    read_usage(answer, outcome)
    for choice in answer["choices"]:
        if type(choice) is not dict or type(choice.get("message")) is not dict:
            raise ValueError("a choice without a message")
        outcome.finish = finish_of(choice) or outcome.finish
        if session.note:
            choice["logprobs"] = None  # tokens of placeholders: neither restorable nor of use
    if session.note:
        restore_strings(answer, session)
    return outcome
