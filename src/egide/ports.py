"""What the gateway and the workspace need of each other, as Protocols; ``server`` joins them.

The workspace implements ``Directory`` and ``Justifications`` (and the stores of ``journal`` and
``pseudonymisation``); the gateway implements ``Exchanges``. Neither imports the other.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, Protocol

from egide.checks import AnswerChecks
from egide.detection import Finding
from egide.detection.recogniser import Source
from egide.errors import EgideError
from egide.policy import Caller, Decision, Fallback, Policy, Provider, Treatment
from egide.policy.limits import Cell, Limit, Price, Share

PEER: Final = "egide.peer"
"""In the ASGI scope of a page: the address of the proxy that gave the client's, where it was believed."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that an exchange depends on, immutable, swapped whole when the workspace changes.

    ``callers`` by the keyed digest of their key (``ports.key_digest``); ``allowed`` are keyed digests of
    folded values that the company declared "not personal"; ``terms`` are the company's own words to hide;
    ``knowledge`` finds what its lists and confidential documents hold, built before it comes here.
    ``tools`` are those that a provider may run itself (``web_search``…): what they read and write there is
    out of our sight, so there are none until a policy says so. ``uninformed`` are ids of people who have not
    read what is recorded of them; ``unsigned`` of people who have not signed the charter, where the company
    asks for it, with the POSIX time from which they are refused. ``prices`` are by provider and model, an
    empty model standing for all those without their own. ``providers`` are in the order in which the company
    prefers them; ``fallbacks`` say what may replace what.
    """

    version: int
    company: str
    policy: Policy
    providers: tuple[Provider, ...] = ()
    callers: Mapping[str, Caller] = field(default_factory=dict, repr=False)
    allowed: frozenset[str] = frozenset()
    terms: tuple[str, ...] = field(default=(), repr=False)
    knowledge: tuple[Source, ...] = field(default=(), repr=False)
    tools: frozenset[str] = frozenset()
    uninformed: frozenset[str] = frozenset()
    unsigned: Mapping[str, float] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()
    prices: Mapping[tuple[str, str], Price] = field(default_factory=dict)
    fallbacks: tuple[Fallback, ...] = ()


class Directory(Protocol):
    """Who may do what, with which providers, under which policy."""

    def snapshot(self) -> Snapshot:
        """The current snapshot. Called at each exchange on the event loop: must not wait on a database."""


@dataclass(frozen=True, slots=True)
class Count:
    """How much a counter holds, or how much is added to it; of no use to anybody after ``until``."""

    cell: Cell
    value: int
    until: float  # POSIX seconds


class Observer(Protocol):
    """Told of exchanges, in numbers and in names of our own: for metrics. Called on the event loop."""

    def refused(self, dialect: str, code: str) -> None:
        """Nothing left."""

    def prepared(self, dialect: str, seconds: float, masked: Mapping[str, int]) -> None:
        """It took ``seconds`` until it could leave, with so many values of each label masked."""

    def ended(
        self,
        dialect: str,
        status: str,
        code: str | None,
        first_seconds: float | None,
        tokens: tuple[int, int],
        estimated: int,
    ) -> None:
        """An exchange that had left ended; tokens of both directions, of which so many are estimated."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One exchange as a trace tells it: numbers, codes and names of our own, never a value nor a person.

    Times in POSIX nanoseconds. ``parent`` is the ``traceparent`` of the request (W3C Trace Context), as it
    came. Where nothing left, what follows it is not known.
    """

    dialect: str
    kind: str
    status: str
    error: str | None
    began: int
    ended: int
    parent: str = ""
    exchange: str = ""
    provider: str = ""
    trust: str = ""
    model: str = ""
    upstream_status: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    estimated: int = 0  # the part of the tokens that no provider told
    finish: str = ""
    masked: int | None = None  # how many values


class Tracer(Protocol):
    """Told of every exchange once, when it is over. Called on the event loop: must not wait."""

    def exchange(self, trace: Trace) -> None:
        """An exchange is over."""


class CountStore(Protocol):
    """Durable counters that every process adds to. Used from one thread of the gateway's own."""

    def merge(self, added: Sequence[Count], since: float, now: float) -> Sequence[Count]:
        """Add all or nothing, on disk when it returns; then the totals that changed after ``since``."""

    def forget(self, now: float) -> None:
        """Delete those of no use any more."""

    def close(self) -> None:
        """Let go of what the thread holds."""


class Recognised(NamedTuple):
    """A kind of value in a request: its label, what the policy does with it, and how many there are."""

    label: str
    action: str
    number: int


@dataclass(frozen=True, slots=True)
class Need:
    """An exchange that may only go on with a reason, or with a pilot's approval. Never a value.

    ``person``, ``usage`` and ``provider`` are ids, ``policy`` is its version. ``content`` is a keyed digest
    of all that would be sent and of what the policy does with it: one character more, and it is another.
    """

    person: str
    usage: str
    provider: str
    policy: str
    content: str
    door: str
    approval: bool
    recognised: tuple[Recognised, ...] = ()

    @property
    def labels(self) -> dict[str, int]:
        """How many of each label."""
        counts: dict[str, int] = {}
        for one in self.recognised:
            counts[one.label] = counts.get(one.label, 0) + one.number
        return counts


@dataclass(frozen=True, slots=True)
class Pending:
    """What an exchange waits for: its name in the journal, and the address where it is given."""

    id: str
    address: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What lets one exchange go on. ``approved``: by a pilot; ``by``: the id of who decided."""

    id: str
    by: str
    approved: bool


class Justifications(Protocol):
    """Reasons and approvals. Asked only for exchanges that need one, each time from a thread of its own."""

    def ask(self, need: Need) -> Pending:
        """Have the person give a reason. The same need, asked again, is the same thing."""

    def redeem(self, need: Need, code: str, exchange: str) -> Accepted:
        """Use up the one-time code. Of several callers at once, one is accepted. Raises PolicyError EG-3023
        to EG-3028."""

    def explain(self, need: Need, reason: str, exchange: str) -> Accepted:
        """The person gives the reason with the exchange itself, and it is used up at once. Raises PolicyError
        EG-3022 when a pilot has yet to decide."""


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
    conversation: shown to the person, never sent). ``limit`` is the limit nearest to its end, from 80 % on.
    ``warnings`` are French sentences on passages that give orders to the model; ``refused``: the policy does
    not let them leave.
    """

    decision: Decision
    masked_text: str = field(default="", repr=False)
    limit: Share | None = None
    warnings: tuple[str, ...] = ()
    refused: bool = False

    @property
    def treatments(self) -> tuple[Treatment, ...]:
        """Findings in order of the text, each with what the policy does."""
        return self.decision.treatments


Trouble = Literal["resting", "silent", "certificate", "proxy", "busy", "unavailable"]


@dataclass(frozen=True, slots=True)
class Moved:
    """Another provider answers than the one asked for. ``why``: what befell that one; left alone for having
    failed several times (``resting``), or what its only answer was."""

    asked: Provider
    provider: Provider
    why: Trouble


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of the answer. ``label`` is set when the piece is a value put back in place.

    ``checks`` comes with the last piece, an empty one: what was found in the whole answer; ``moved`` with
    the first one, an empty one too, when another provider answers.
    """

    text: str = field(repr=False)
    label: str | None = None
    checks: AnswerChecks | None = field(default=None, repr=False)
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a provider has lately answered, as this process saw it.

    ``closed``: it is used. ``open``: it failed several times in a row and is left alone for
    ``wait_seconds``. ``half-open``: its next call will tell. ``failures`` is how many in a row.
    """

    state: Literal["closed", "open", "half-open"]
    failures: int = 0
    wait_seconds: float = 0.0


class Exchanges(Protocol):
    """The gateway, as the Assistant uses it: same detection, policy, masking, journal as the API."""

    def preview(self, caller: Caller, provider: str, text: str, adjustments: Adjustments) -> Preview:
        """What would happen to ``text`` if sent to the provider with this id. Nothing is sent or kept."""

    def recognise(self, text: str) -> Sequence[Finding]:
        """What is recognised in ``text``, whatever the policy. Nothing is sent or kept."""

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

    def warnings(self) -> Sequence[EgideError]:
        """What a pilot should know of the gateway's state now."""

    def health(self) -> Mapping[str, Health]:
        """Of each provider of the current snapshot, by its id. May be called from any thread."""
