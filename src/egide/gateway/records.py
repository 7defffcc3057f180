"""What the journal keeps of an exchange: identifiers, labels, counts, hashes and times. Never a value."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from egide.checks import AnswerChecks
from egide.gateway.dialect import Outcome
from egide.gateway.identifiers import opaque
from egide.gateway.masking import Judged
from egide.gateway.routing import Route
from egide.journal import Entry
from egide.policy import Caller
from egide.ports import Accepted, Need

_Details = dict[str, object]
# What another provider changes.
_MOVED: Final = frozenset(
    {"provider", "trust", "model", "action", "rule", "labels", "masked", "instead_of_id"}
)


def now() -> str:
    """The time as the journal writes it."""
    return datetime.now(UTC).isoformat()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an exchange at the moment of writing."""

    exchange: str
    door: str
    dialect: str
    caller: Caller
    policy: str
    route: Route | None = None
    judged: Judged | None = None
    conversation: str = ""
    instead_of: str = ""  # the provider that was asked for, when another one is sent to
    attachments: Mapping[str, int] = field(default_factory=dict)  # how many of each kind
    heard: bool = False  # the request carries a voice: what an answer holds was said, not invented
    injections: dict[str, int] = field(
        default_factory=dict
    )  # passages that give orders to the model, by kind
    counts: Mapping[str, object] = field(default_factory=dict)  # of a whole made of many requests
    need: Need | None = None  # the reason that the policy asks for
    pending: str = ""  # the name of what was asked of the person
    accepted: Accepted | None = None  # what lets the exchange go on

    dropped: int = 0  # fields of the request that are not known, and did not leave

    def opened(self, body: bytes, *, streamed: bool, kept: int, hidden: int) -> Entry:
        """The exchange goes on: ``body`` is what leaves."""
        details = self._details()
        details["request_hash"] = hashlib.sha256(body).hexdigest()
        details["request_bytes"] = len(body)
        details["streamed"] = streamed
        details["justified"] = self.accepted is not None
        if kept or hidden:
            details["adjusted"] = {"kept": kept, "hidden": hidden}
        return Entry("opened", self.exchange, now(), details)

    def moved(self, body: bytes, *, tried: int) -> Entry:
        """The exchange goes on with another provider, the ``tried``-th: ``body`` is what leaves for it."""
        details = {name: value for name, value in self._details().items() if name in _MOVED}
        details["request_hash"] = hashlib.sha256(body).hexdigest()
        details["request_bytes"] = len(body)
        details["tried"] = tried
        return Entry("moved", self.exchange, now(), details)

    def refused(self, code: str) -> Entry:
        """Nothing left."""
        return Entry("refused", self.exchange, now(), {**self._details(), "error": code})

    def closed(self, closing: Closing) -> Entry:
        """The exchange ended. More than one call: the provider that gave the answer is told, too."""
        details = closing.details()
        if self.heard and "unsent" in details:
            details["heard"] = details.pop("unsent")
        if closing.calls > 1 and self.route is not None:
            provider = self.route.provider
            details |= {
                "provider": opaque(provider.id),
                "trust": provider.trust.value,
                "model_used": opaque(self.route.model),
                "tried": closing.tried,
                "calls": closing.calls,
            }
        return Entry("closed", self.exchange, now(), details)

    @property
    def masked(self) -> dict[str, int]:
        """How many values of each label are hidden."""
        hidden = self.judged.hidden if self.judged is not None else ()
        return dict(Counter(finding.label for findings in hidden for finding in findings))

    def _details(self) -> _Details:
        caller = self.caller
        details: _Details = {
            "door": self.door,
            "dialect": self.dialect,
            "person": opaque(caller.person.id),
            "role": caller.person.role.value,
            "usage": opaque(caller.usage.id),
            "policy": opaque(self.policy),
        }
        if caller.key_id:
            details["key"] = opaque(caller.key_id)
        if self.conversation:
            details["conversation"] = self.conversation
        if self.instead_of:
            details["instead_of_id"] = opaque(self.instead_of)
        if self.attachments or self.heard:
            details["attachments"] = {**self.attachments, **({"audio": 1} if self.heard else {})}
        if self.route is not None:
            provider = self.route.provider
            details |= {
                "provider": opaque(provider.id),
                "trust": provider.trust.value,
                "model": opaque(self.route.model),
            }
        if self.judged is not None:
            decision = self.judged.decision
            details |= {"action": decision.action.value, "rule": opaque(decision.rule)}
            details["labels"] = self.judged.labels
            details["masked"] = self.masked
        if self.dropped:
            details["dropped"] = self.dropped
        if self.injections:
            details["injections"] = self.injections
        if self.need is not None:
            details |= _justified(self.need, self.pending, self.accepted)
        return details | dict(self.counts)


def _justified(need: Need, pending: str, accepted: Accepted | None) -> _Details:
    """Which reason, who decided, and for which content: what ties an exchange to the decision on it."""
    details: _Details = {"content_digest": need.content}
    if name := accepted.id if accepted is not None else pending:
        details["justification_id"] = opaque(name)
    if accepted is not None:
        details["decided_by_id"] = opaque(accepted.by)
        details["approved"] = accepted.approved
    return details


@dataclass(slots=True)
class Closing:
    """How an exchange ended. ``status``: complete, abandoned, cut, failed or stopped.

    ``tried`` counts the providers that were sent to, ``calls`` all calls to them.
    """

    status: str
    outcome: Outcome
    upstream_status: int | None
    answer_bytes: int
    answer_hash: str
    first_ms: float | None
    duration_ms: float
    error: str | None = None
    estimated_tokens: int = 0  # the part that the provider did not tell
    tried: int = 1
    calls: int = 1
    withheld: dict[str, int] = field(default_factory=dict)  # values that nobody sent, taken out, by label
    checks: AnswerChecks | None = None  # what the answer was found to hold; None when nothing read it

    def details(self) -> _Details:
        """For the journal."""
        details: _Details = {
            "status": self.status,
            "upstream_status": self.upstream_status,
            "answer_bytes": self.answer_bytes,
            "answer_hash": self.answer_hash,
            "duration_ms": round(self.duration_ms, 1),
        }
        if self.first_ms is not None:
            details["first_ms"] = round(self.first_ms, 1)
        if self.error is not None:
            details["error"] = self.error
        if self.estimated_tokens:
            details["estimated_tokens"] = self.estimated_tokens
        if self.outcome.finish is not None:
            details["finish"] = opaque(self.outcome.finish)
        for name in ("input_tokens", "output_tokens"):
            count = getattr(self.outcome, name)
            if count is not None:
                details[name] = count
        if self.withheld:
            details["withheld"] = self.withheld
        details["checked"] = self.checks is not None
        if self.checks is not None and self.checks.unsent:
            details["unsent"] = self.checks.unsent_counts
        if self.checks is not None and self.checks.items:
            details["to_verify"] = self.checks.item_counts
        return details
