"""A whole message: every text of it gets its values back, save what the provider signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.anthropic_messages.thinking import seal
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import Session

SIGNED = frozenset({"thinking", "redacted_thinking"})


_PIECES: Final = "valeurs remises en place, aussi dans un flux coupé n'importe où"
ANSWER: Final[Mapping[str, str]] = {
    "content[](text).text": _PIECES,
    "content[](tool_use).input": f"{_PIECES}, échappées pour le JSON",
    "content[](thinking).thinking": "laissé avec ses repères : le fournisseur l'a signé",
    "content[](thinking).signature": "transmis sous un sceau d'Égide",
    "content[](redacted_thinking).data": "transmis sous un sceau d'Égide",
    "stop_sequence": "valeurs remises en place",
    "usage": "transmis tel quel, compté au journal",
    "(autre texte)": "valeurs remises en place quand le repère est entier",
}


def restore(answer: Any, session: Session, signing: Signing) -> Outcome:
    """Restore in place. Raises ValueError when the answer has not the shape of a message."""
    if type(answer) is not dict or type(answer.get("content")) is not list:
        raise ValueError("not a message")
    outcome = Outcome()
    read_usage(answer.get("usage"), outcome)
    reason = answer.get("stop_reason")
    outcome.finish = reason if type(reason) is str else None
    for block in answer["content"]:
        if type(block) is not dict:
            raise ValueError("a block that is not an object")
        if block.get("type") in SIGNED:
            seal(block, signing, session.reader())
        elif session.changes:
            restore_strings(block, session)
    if session.changes and type(answer.get("stop_sequence")) is str:
        answer["stop_sequence"] = session.restore(answer["stop_sequence"])
    return outcome


def read_usage(usage: Any, outcome: Outcome) -> None:
    """Tokens; those read from or written to the provider's cache are input too."""
    if type(usage) is not dict:
        return
    names = ("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")
    counts = [usage[name] for name in names if _is_count(usage.get(name))]
    if counts and _is_count(usage.get("input_tokens")):
        outcome.input_tokens = sum(counts)
    if _is_count(usage.get("output_tokens")):
        outcome.output_tokens = usage["output_tokens"]


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**40
