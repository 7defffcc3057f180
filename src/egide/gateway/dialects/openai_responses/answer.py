"""A whole response: every text of it gets its values back, and what names a thing kept is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from egide.gateway.dialect import Outcome, Signing
from egide.gateway.dialects.openai_responses.sealed import (
    CALL,
    CONVERSATION,
    ENCRYPTED,
    ITEM,
    RESPONSE,
    seal,
)
from egide.gateway.restoring import restore_strings
from egide.pseudonymisation import NOTE, Session

_PIECES: Final = "valeurs remises en place, aussi dans un flux coupé n'importe où"
_SEALED: Final = "transmis sous un sceau d'Égide, propre à l'appelant"
ANSWER: Final[Mapping[str, str]] = {
    "id": _SEALED,
    "previous_response_id": _SEALED,
    "conversation.id": _SEALED,
    "output[].id": _SEALED,
    "output[].call_id": _SEALED,
    "output[](message).content[](output_text).text": _PIECES,
    "output[](message).content[](output_text).annotations": "retirées quand quelque chose est masqué",
    "output[](message).content[](output_text).logprobs": "retirés quand quelque chose est masqué",
    "output[](message).content[](refusal).refusal": _PIECES,
    "output[](function_call).arguments": f"{_PIECES}, échappées pour le JSON",
    "output[](custom_tool_call).input": _PIECES,
    "output[](reasoning).summary[].text": _PIECES,
    "output[](reasoning).content[].text": _PIECES,
    "output[](reasoning).encrypted_content": _SEALED,
    "output[](compaction).encrypted_content": _SEALED,
    "instructions": "valeurs remises en place, sans la note d'Égide au modèle",
    "error.message": "valeurs remises en place",
    "usage": "transmis tel quel, compté au journal",
    "(autre texte)": "valeurs remises en place quand le repère est entier",
}
_NAMES: Final = {"id": ITEM, "call_id": CALL, "encrypted_content": ENCRYPTED}


def restore(answer: Any, session: Session, signing: Signing) -> Outcome:
    """Restore in place. Raises ValueError when the answer has not the shape of a response."""
    if type(answer) is not dict or type(answer.get("output")) is not list:
        raise ValueError("not a response")
    outcome = Outcome()
    restore_response(answer, session, signing, outcome)
    return outcome


def restore_response(response: dict[str, Any], session: Session, signing: Signing, outcome: Outcome) -> None:
    """The same for a response inside an event; what it says of itself goes into ``outcome``."""
    read_usage(response, outcome)
    output, conversation = response.pop("output", None), response.get("conversation")
    if type(response.get("instructions")) is str:
        response["instructions"] = _said(response["instructions"])
    with _apart(response, "id", "previous_response_id", "conversation"):
        _restore(response, session)
    seal(response, signing, id=RESPONSE, previous_response_id=RESPONSE)
    if type(conversation) is dict:
        seal(conversation, signing, id=CONVERSATION)
    for item in output if type(output) is list else ():
        restore_item(item, session, signing)
    if output is not None:
        response["output"] = output


def restore_item(item: Any, session: Session, signing: Signing) -> None:
    """An item of the output, in place."""
    if type(item) is not dict:
        raise ValueError("an item that is not an object")
    for part in item["content"] if type(item.get("content")) is list else ():
        strip(part, session)
    with _apart(item, *_NAMES):
        _restore(item, session)
    seal(item, signing, **_NAMES)


def strip(part: Any, session: Session) -> None:
    """Without what tells places or tokens of a text that is another once its values are back."""
    if session.changes and type(part) is dict:
        for name in ("annotations", "logprobs"):
            if type(part.get(name)) is list:
                part[name] = []


def read_usage(response: dict[str, Any], outcome: Outcome) -> None:
    """Tokens, and how the response ended."""
    usage = response.get("usage")
    if type(usage) is dict:
        outcome.input_tokens = _count(usage.get("input_tokens"), outcome.input_tokens)
        outcome.output_tokens = _count(usage.get("output_tokens"), outcome.output_tokens)
    details = response.get("incomplete_details")
    reason = details.get("reason") if type(details) is dict else None
    for said in (response.get("status"), reason):
        outcome.finish = said if type(said) is str else outcome.finish


def _said(instructions: str) -> str | None:
    """The instructions as the caller gave them: without our note to the model."""
    if not instructions.startswith(NOTE):
        return instructions
    return instructions.removeprefix(NOTE).removeprefix("\n\n") or None


def _restore(value: dict[str, Any], session: Session) -> None:
    if session.changes:
        restore_strings(value, session)


@contextmanager
def _apart(holder: dict[str, Any], *names: str) -> Iterator[None]:
    """These fields taken out for a while. A value put into what names a thing would be sent with it when
    it comes back."""
    kept = {name: holder.pop(name) for name in names if name in holder}
    yield
    holder.update(kept)


def _count(value: Any, known: int | None) -> int | None:
    return value if type(value) is int and 0 <= value < 2**40 else known
