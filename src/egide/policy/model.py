"""The nouns that a policy speaks of: person, usage, provider, action, decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from egide.detection import Finding


class Trust(StrEnum):
    """How far a provider is trusted, from least to most."""

    PUBLIC = "public"
    CONTRACT = "contract"
    EUROPEAN = "european"
    LOCAL = "local"

    @property
    def rank(self) -> int:
        """Position in the order above: the higher, the more trusted."""
        return list(Trust).index(self)


class Role(StrEnum):
    """What a person may do in Égide."""

    COLLABORATOR = "collaborator"
    PILOT = "pilot"
    ADMIN = "admin"


class Action(StrEnum):
    """What happens to an exchange or to a value, from mildest to strictest."""

    ALLOW = "allow"
    WARN = "warn"
    MASK = "mask"
    REROUTE = "reroute"
    JUSTIFY = "justify"  # the person writes a reason
    APPROVE = "approve"  # the person writes a reason, and a pilot decides
    BLOCK = "block"

    @property
    def severity(self) -> int:
        """Position in the order above; the strictest of several actions wins."""
        return list(Action).index(self)


class Pictures(StrEnum):
    """What may leave of a picture, from least to most."""

    REFUSED = "refused"
    TEXT = "text"  # the text read in it, masked
    MASKED = "masked"  # the picture, the lines that hold a value painted over


class Speech(StrEnum):
    """Where a recording may be sent to be written down, from least to most."""

    REFUSED = "refused"
    LOCAL = "local"  # as it is, to providers of this trust and no other


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who sends requests. ``id`` is opaque: no name, no address."""

    id: str
    role: Role = Role.COLLABORATOR


@dataclass(frozen=True, slots=True)
class Usage:
    """A declared use of AI (``id`` is a slug such as ``redaction``)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Network:
    """How a provider is reached, where it differs from most.

    ``auth`` is the header that carries its key (empty: that of its dialect). With ``deployments`` the model
    is named in the path, as Azure does, and ``api_version`` in the query. Times are in seconds, None: those
    of the settings. ``proxy`` is an ``http://`` address, ``proxy_login`` ``name:password``; ``authority``
    the certificates (PEM) of a private authority, trusted in place of the public ones.
    """

    auth: Literal["", "bearer", "x-api-key", "api-key"] = ""
    deployments: bool = False
    api_version: str = ""
    connect_seconds: float | None = None
    read_seconds: float | None = None
    proxy: str = ""
    proxy_login: str | None = field(default=None, repr=False)
    authority: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Provider:
    """An AI service. ``kind`` is the dialect that it speaks; ``base_url`` ends before ``/v1``'s paths
    the way the vendors' client libraries expect it (OpenAI: with ``/v1``; Anthropic: without)."""

    id: str
    name: str
    kind: Literal["openai", "anthropic"]
    base_url: str
    trust: Trust
    models: tuple[str, ...] = ()
    api_key: str | None = field(default=None, repr=False)
    network: Network = Network()


@dataclass(frozen=True, slots=True)
class Fallback:
    """A model may be replaced by another one, elsewhere, when its provider does not answer.

    Providers by their ids. ``less_trusted``: the pilot accepted, for this very pair, that the other provider
    is less trusted. Whatever it says, the policy is decided again for the other provider.
    """

    provider: str
    model: str
    to_provider: str
    to_model: str
    less_trusted: bool = False


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends, for which usage, with which key (None from the Assistant)."""

    person: Person
    usage: Usage
    key_id: str | None = None


class Treatment(NamedTuple):
    """What the policy does with one finding, and the rule that says so.

    A named tuple and not a dataclass: one is made per finding of every exchange, five times faster.
    """

    finding: Finding
    action: Action
    rule: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to an exchange.

    ``action`` is the strictest of ``treatments``; ``rule`` the id of the rule that gave it;
    ``charter`` the line of the charter it rests on; ``explanation`` is French and names labels, never
    values. When the exchange may go on, the findings to hide are ``masked``.
    """

    action: Action
    rule: str
    charter: str
    explanation: str
    treatments: tuple[Treatment, ...]

    @property
    def masked(self) -> tuple[Finding, ...]:
        """Findings that must be hidden if the exchange goes on (all those not allowed or warned)."""
        mild = (Action.ALLOW, Action.WARN)
        return tuple(t.finding for t in self.treatments if t.action not in mild)

    @property
    def asks_approval(self) -> bool:
        """Whether a pilot must decide before anything leaves."""
        return self.action is Action.APPROVE or any(t.action is Action.APPROVE for t in self.treatments)

    def released(self, justified: bool = False, approved: bool = False) -> bool:
        """Whether the exchange may go on to this provider, ``masked`` hidden.

        ``justified`` says that the person gave a reason, ``approved`` that a pilot accepted it (the caller
        journals both). Every treatment counts, not only the strictest: neither ever lifts a block, nor
        sends to this provider what must go to another (``reroute``: choose one and decide again).
        """
        actions = {self.action, *(t.action for t in self.treatments)}
        if actions & {Action.BLOCK, Action.REROUTE}:
            return False
        if Action.APPROVE in actions:
            return approved
        return justified or approved or Action.JUSTIFY not in actions
