from __future__ import annotations

import pytest

from egide.detection import Finding
from egide.policy import Action, Decision, Provider, Treatment, Trust

FINDING = Finding(0, 5, "PERSON", 1.0, "test", "raison")


def _decision(*actions: Action) -> Decision:
    strictest = max(actions, key=lambda action: action.severity, default=Action.ALLOW)
    return Decision(strictest, "r", "c", "e", tuple(Treatment(FINDING, action, "r") for action in actions))


@pytest.mark.parametrize(
    ("actions", "at_once", "with_a_reason", "with_an_approval"),
    [
        ((), True, True, True),
        ((Action.ALLOW, Action.WARN, Action.MASK), True, True, True),
        ((Action.MASK, Action.JUSTIFY), False, True, True),
        ((Action.JUSTIFY, Action.APPROVE), False, False, True),
        ((Action.REROUTE,), False, False, False),
        ((Action.REROUTE, Action.JUSTIFY), False, False, False),
        ((Action.REROUTE, Action.APPROVE), False, False, False),
        ((Action.JUSTIFY, Action.APPROVE, Action.BLOCK), False, False, False),
    ],
)
def test_a_reason_lifts_a_justification_an_approval_both_and_nothing_else(
    actions: tuple[Action, ...], at_once: bool, with_a_reason: bool, with_an_approval: bool
) -> None:
    decision = _decision(*actions)
    assert decision.released() is at_once
    assert decision.released(justified=True) is with_a_reason
    assert decision.released(approved=True) is with_an_approval
    assert decision.asks_approval is (Action.APPROVE in actions)


def test_what_is_not_allowed_or_warned_is_hidden() -> None:
    assert len(_decision(Action.ALLOW, Action.WARN, Action.MASK, Action.JUSTIFY).masked) == 2


def test_the_key_of_a_provider_never_shows() -> None:
    provider = Provider("p", "P", "openai", "http://127.0.0.1/v1", Trust.LOCAL, api_key="sk-secret")
    assert "sk-secret" not in repr(provider)
