from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.detection import Finding
from egide.policy import Decision, Person, Policy, Provider, Trust, Usage


@pytest.fixture(scope="session")
def decide() -> Callable[..., Decision]:
    """What a policy says of values with these labels, towards a provider of this trust."""

    def decided(policy: Policy, trust: Trust, *labels: str, usage: str = "redaction") -> Decision:
        findings = [
            Finding(n * 10, n * 10 + 5, label, 1.0, "test", "raison") for n, label in enumerate(labels)
        ]
        provider = Provider("p", "Un service", "openai", "http://127.0.0.1/v1", trust)
        return policy.decide(findings, Usage(usage, "Rédaction"), provider, Person("7"))

    return decided
