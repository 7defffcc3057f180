"""A whole completion: the text of each choice gets its values back, the echo of the prompt included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ANSWER: Final[Mapping[str, str]] = {
    "choices[].text": "valeurs remises en place, aussi dans un flux coupé n'importe où ou dans l'écho",
    "choices[].logprobs": "retiré quand quelque chose est masqué",
    "usage": "transmis tel quel, compté au journal",
    "(autre texte)": "valeurs remises en place quand le repère est entier",
}
