"""Whose files and batches: what a caller was given, and what is remembered of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from egide.errors import GatewayError
from egide.gateway.dialect import Kind
from egide.gateway.identifiers import ScopeKeys, exchange_id, opaque
from egide.gateway.parts import Parts
from egide.gateway.records import Known
from egide.policy import Caller, Provider
from egide.ports import Snapshot
from egide.pseudonymisation import Scope, Session

# Kinds of things that a provider keeps.
FILE: Final = "file"
RESULTS: Final = "results"
BATCH: Final = "batch"
MESSAGES: Final = "message-batch"
_MOST_CONVERSATION: Final = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A thing of this caller's at a provider: its name there, and the thread under which it was given out."""

    kind: str
    identifier: str = field(repr=False)
    thread: str
    provider: Provider


@dataclass(frozen=True, slots=True)
class Owner:
    """A caller, in one conversation."""

    parts: Parts
    snapshot: Snapshot
    caller: Caller
    conversation: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if len(self.conversation) > _MOST_CONVERSATION:
            raise GatewayError("EG-4003", field="x-egide-conversation")

    @property
    def scope(self) -> Scope:
        """Whose placeholders, and whose seals."""
        caller = self.caller
        return Scope(self.snapshot.company, caller.person.id, caller.usage.id, self.conversation)

    @property
    def keys(self) -> ScopeKeys:
        """The seals of this scope."""
        return ScopeKeys.of(self.parts.keyring, self.scope)

    def session(self) -> Session:
        """A fresh one."""
        return self.parts.pseudonymiser.session(self.scope)

    def open(self, given: str, *kinds: str) -> Held:
        """What was given out to this very caller as ``given``. Raises GatewayError EG-4065."""
        keys = self.keys
        for kind in kinds:
            taken = keys.taken(kind, given)
            if taken is None:
                continue
            identifier, thread = taken
            for provider in self.snapshot.providers:
                if keys.is_of(thread, provider.id):
                    return Held(kind, identifier, thread, provider)
        raise GatewayError("EG-4065")

    def providers(self, kind: Kind) -> list[Provider]:
        """Those that speak this protocol."""
        return [provider for provider in self.snapshot.providers if provider.kind == kind]

    def known(self, dialect: str) -> Known:
        """The beginning of a record, under a fresh name."""
        conversation = self.parts.keyring.scope_id(self.scope) if self.conversation else ""
        policy = self.snapshot.policy.version
        return Known(exchange_id(), "api", opaque(dialect), self.caller, policy, conversation=conversation)
