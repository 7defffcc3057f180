"""What a dialect does for the gateway. Pure: no network, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from egide.gateway.fields import Obj
from egide.gateway.sse import Event
from egide.policy import Provider
from egide.ports import Delta, Turn
from egide.pseudonymisation import Session


@dataclass(slots=True)
class Outcome:
    """What an answer said of itself: tokens and the reason of its end, for the journal."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    finish: str | None = None


class Signing(Protocol):
    """Seals what must come back unchanged: text that the provider signed."""

    def sign(self, text: str) -> str:
        """A short code for ``text``, keyed by the caller's scope."""

    def give(self, kind: str, identifier: str) -> str:
        """The provider's name of a thing it keeps, sealed: taken back from this caller only."""


class StreamReader(Protocol):
    """Restores one streamed answer, event by event."""

    outcome: Outcome
    ended: bool  # the provider said that the answer is complete
    failed: bool  # the provider said that it failed in the middle
    number: int  # of the next event, where the protocol numbers them

    def feed(self, event: Event) -> bytes:
        """What the caller gets for this event, nothing if all is held back.

        Raises ValueError when the event is not one of this dialect.
        """

    def deltas(self, event: Event) -> list[Delta]:
        """The same, as pieces of the text of the answer: for the Assistant."""

    def close(self) -> bytes:
        """What is still held back when the provider stops without a word."""


class Dialect(Protocol):
    """One provider protocol."""

    name: str
    kind: Literal["openai", "anthropic"]
    path: str
    request: Obj
    answer: Mapping[str, str]  # what becomes of each field of an answer, in French
    assistant: bool  # the Assistant speaks it to the providers of its kind
    stateful: bool  # the provider keeps conversations: what names them is given out sealed
    absent: str | None  # the error when a provider of this kind has no such address, if that is common

    def upstream(self, provider: Provider) -> str:
        """The address to send to."""

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        """Headers for the provider, from its own key and those of the caller's that are harmless."""

    def add_note(self, request: dict[str, Any], note: str) -> None:
        """Put the system note in front of the request's system text."""

    def unseal(self, body: dict[str, Any], signing: Signing) -> None:
        """Mark what the provider itself signed and that came back unchanged, before the walk."""

    def restore(self, answer: Any, session: Session, signing: Signing) -> Outcome:
        """Put the values back in a whole answer, in place. Raises ValueError when it is not one."""

    def stream(self, session: Session, signing: Signing) -> StreamReader:
        """The reader of one streamed answer."""

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        """An error body in the provider's own shape."""

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        """An error in the middle of a stream, as the event of this number."""

    def models(self, names: Sequence[str]) -> dict[str, Any]:
        """The list of models."""

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        """A streamed request for a conversation of the Assistant."""

    def smallest(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The smallest request that holds these fields, and a text to answer."""
