"""What a dialect does for the gateway. Pure: no network, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from egide.gateway.bodies import Encoded
from egide.gateway.fields import Obj
from egide.gateway.sse import Event
from egide.policy import Provider
from egide.ports import Delta, Turn
from egide.pseudonymisation import Session

Kind = Literal["openai", "anthropic"]


@dataclass(slots=True)
class Outcome:
    """What an answer said of itself: tokens and the reason of its end, for the journal."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    finish: str | None = None


class Signing(Protocol):
    """Seals what must come back unchanged: text that the provider signed."""

    def sign(self, text: str) -> str:
        """A short code for ``text``, keyed by the caller's scope and the provider."""

    def signed(self, text: str, code: str) -> bool | None:
        """Whether ``text`` was signed so for this provider; None when it was not signed for anybody."""

    def hide(self, text: str) -> str:
        """``text`` encrypted, in letters that no dot is among."""

    def reveal(self, hidden: str) -> str | None:
        """What ``hide`` made; None when it is not of this caller."""

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

    def close(self) -> bytes:
        """What is still held back when the provider stops without a word."""


class SpokenReader(StreamReader, Protocol):
    """The same, for who shows the answer of a conversation as it comes: the Assistant."""

    def deltas(self, event: Event) -> list[Delta]:
        """``feed``, as pieces of the text of the answer."""


class Shape(Protocol):
    """The forms that all addresses of one protocol share."""

    kind: Kind

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        """An error body in the provider's own shape."""

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        """An error in the middle of a stream, as the event of this number."""

    def model(self, name: str) -> dict[str, Any]:
        """One model."""

    def models(self, names: Sequence[str], query: Mapping[str, str]) -> dict[str, Any]:
        """The list of models, or the page of it that the query asks for."""


class Dialect(Shape, Protocol):
    """One address of a provider's protocol, to which requests are sent on."""

    name: str
    path: str
    request: Obj
    answer: Mapping[str, str]  # what becomes of each field of an answer, in French
    restores: bool  # the answer holds text; when not, it goes on as it came and the vault keeps nothing
    shared: bool  # the same value has one placeholder for all people of a usage, not for each person
    stateful: bool  # the provider keeps conversations: what names them is given out sealed
    absent: str | None  # the error when a provider of this kind has no such address, if that is common
    default_model: str  # the one meant by a request that names none, where the protocol allows it
    heard: bool  # the request carries a voice, which nobody can mask: see ``gateway.speech``

    def decode(self, raw: bytes, content_type: bytes) -> dict[str, Any]:
        """The body as ``request`` reads it. Raises GatewayError EG-4005, or EG-4071 and EG-4072."""

    def encode(self, request: dict[str, Any]) -> Encoded:
        """The body that leaves."""

    def plain(self, request: dict[str, Any]) -> bool:
        """Whether the answer will be a text, and neither JSON nor a stream."""

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
        """The reader of one streamed answer; called only where a request may ask for a stream."""

    def sample(self, model: str, *, streamed: bool) -> dict[str, Any]:
        """The smallest request that a provider answers, to which a field may be added."""


class Conversation(Dialect, Protocol):
    """The address of a protocol where conversations are held: what the Assistant speaks."""

    def ask(self, turns: Sequence[Turn], model: str) -> dict[str, Any]:
        """A streamed request for a conversation of the Assistant."""

    def stream(self, session: Session, signing: Signing) -> SpokenReader:
        """See ``Dialect.stream``."""
