"""A policy: rules read from YAML, in force for every exchange. ``decide`` is its one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from egide.detection import Finding
from egide.policy.model import Decision, Person, Provider, Usage


@dataclass(frozen=True, slots=True)
class Policy:
    """Immutable rules with a version."""

    version: str

    def decide(self, findings: Sequence[Finding], usage: Usage, provider: Provider, person: Person) -> Decision:
        """What happens to an exchange that holds ``findings``."""
        raise NotImplementedError
