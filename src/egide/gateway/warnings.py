"""What a person is told of passages that give orders to the model, before anything leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from egide.checks import Passage, Response

_THEN: Final = {
    Response.WARN: "Il partira tel quel : vérifiez d'où vient ce texte.",
    Response.NEUTRALISE: "Il sera transmis comme une citation à ne pas suivre.",
    Response.REFUSE: "La politique refuse l'envoi : retirez ce passage.",
}


def warned(passages: Sequence[Passage], responses: Sequence[Response]) -> tuple[str, ...]:
    """One sentence a passage: why it looks like an order to the model, and what becomes of it."""
    return tuple(
        dict.fromkeys(
            f"{passage.reason} {_THEN[response]}"
            for passage, response in zip(passages, responses, strict=True)
        )
    )
