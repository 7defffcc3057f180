"""A whole chat completion: every text of it gets its values back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
