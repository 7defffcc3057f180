"""What the gateway and the workspace need of each other, as Protocols; ``server`` joins them.

The workspace implements ``Directory`` (and the stores of ``journal`` and ``pseudonymisation``); the
gateway implements ``Exchanges``. Neither imports the other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from egide.checks import AnswerChecks
from egide.detection.recogniser import Source
from egide.policy import Caller, Decision, Policy, Provider, Treatment


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an exchange depends on, immutable, swapped whole when the workspace changes.

    ``callers`` by the keyed digest of their key (``ports.key_digest``); ``allowed`` are keyed digests of
    folded values that the company declared "not personal"; ``terms`` are the company's own words to hide;
    ``knowledge`` finds what its lists and confidential documents hold, built before it comes here.
    """

    version: int
    company: str
    policy: Policy
    providers: tuple[Provider, ...] = ()
    callers: Mapping[str, Caller] = field(default_factory=dict, repr=False)
    allowed: frozenset[str] = frozenset()
    terms: tuple[str, ...] = field(default=(), repr=False)
    knowledge: tuple[Source, ...] = field(default=(), repr=False)


class Directory(Protocol):
    """Who may do what, with which providers, under which policy."""

    def snapshot(self) -> Snapshot:
        """The current snapshot. Called at each exchange on the event loop: must not wait on a database."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation of the Assistant, in clear."""

    role: Literal["user", "assistant"]
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What the person decided on a text: values to leave in clear, values to hide too, and why."""

    keep: frozenset[str] = frozenset()
    hide: frozenset[str] = frozenset()
    justification: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen to a text: the decision, and each finding with its treatment.

    ``masked_text`` is the text as the model would read it, placeholders in place (those of a fresh
    conversation: shown to the person, never sent). ``warnings`` are French sentences on passages that give
    orders to the model; ``refused``: the policy does not let them leave.
    """

    decision: Decision
    masked_text: str = field(default="", repr=False)
    warnings: tuple[str, ...] = ()
    refused: bool = False

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """Findings in order of the text, each with what the policy does."""
        return self.decision.treatments


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer. ``label`` is set when the piece is a value put back in place.

    ``checks`` comes with the last piece, an empty one: what was found in the whole answer.
    """

    text: str = field(repr=False)
    label: str | None = None
    checks: AnswerChecks | None = field(default=None, repr=False)


class Exchanges(Protocol):
    """The gateway, as the Assistant uses it: same detection, policy, masking, journal as the API."""

    def preview(self, caller: Caller, provider: str, text: str, adjustments: Adjustments) -> Preview:
        """What would happen to ``text`` if sent to the provider with this id. Nothing is sent or kept."""

    def answer(
        self,
        caller: Caller,
        provider: str,
        turns: Sequence[Turn],
        *,
        model: str | None,
        conversation: str,
        adjustments: Adjustments,
    ) -> AsyncIterator[Delta]:
        """Send the conversation and stream the restored answer. Raises EgideError before the first piece
        when refused, or at the point where the provider failed."""

    def models(self, provider: str) -> Collection[str]:
        """Known models of a provider."""
