"""What a person is told of passages that give orders to the model, before anything leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from egide.checks import Passage, Response
from egide.errors import FRENCH, spoken

_THEN: Final = {
    FRENCH: {
        Response.WARN: "Il partira tel quel : vérifiez d'où vient ce texte.",
        Response.NEUTRALISE: "Il sera transmis comme une citation à ne pas suivre.",
        Response.REFUSE: "La politique refuse l'envoi : retirez ce passage.",
    },
    "en": {
        Response.WARN: "It will be sent as it is: check where this text comes from.",
        Response.NEUTRALISE: "It will be passed on as a quotation that must not be followed.",
        Response.REFUSE: "The policy refuses to send it: remove this passage.",
    },
}
# The checks say in French what makes each passage look like one.
_ENGLISH: Final = "A passage looks like an order to the AI rather than data."


def warned(passages: Sequence[Passage], responses: Sequence[Response]) -> tuple[str, ...]:
    """One sentence a passage: why it looks like an order to the model, and what becomes of it."""
    language = spoken.get() if spoken.get() in _THEN else FRENCH
    return tuple(
        dict.fromkeys(
            f"{passage.reason if language == FRENCH else _ENGLISH} {_THEN[language][response]}"
            for passage, response in zip(passages, responses, strict=True)
        )
    )
