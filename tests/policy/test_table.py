from __future__ import annotations

from typing import Any

import pytest
import yaml

from egide.detection.labels import LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy.table import build_table


def _with(*rules: dict[str, Any]) -> Policy:
    content = yaml.safe_load(Policy.default().to_yaml())
    for number, rule in enumerate(rules):
        action = rule.pop("action")
        actions = {trust.value: action for trust in Trust}
        base = {"id": f"ajout-{number}", "charter": "filtre", "sentences": {action: "Phrase."}}
        content["rules"].append({**base, "actions": actions, **rule})
    return Policy.from_yaml(yaml.safe_dump(content))


@pytest.mark.parametrize(
    ("rules", "usage", "role", "action"),
    [
        ([], "redaction", Role.COLLABORATOR, Action.MASK),
        ([{"labels": ["LOCATION"], "action": "allow"}], "redaction", Role.COLLABORATOR, Action.ALLOW),
        ([{"classes": ["identity"], "action": "allow"}], "redaction", Role.COLLABORATOR, Action.MASK),
        ([{"classes": ["identity"], "action": "block"}], "redaction", Role.COLLABORATOR, Action.BLOCK),
        (
            [{"classes": ["identity"], "usages": ["voyages"], "action": "allow"}],
            "voyages",
            Role.PILOT,
            Action.ALLOW,
        ),
        (
            [{"classes": ["identity"], "usages": ["voyages"], "action": "allow"}],
            "redaction",
            Role.PILOT,
            Action.MASK,
        ),
        (
            [{"classes": ["identity"], "roles": ["pilot"], "action": "warn"}],
            "redaction",
            Role.PILOT,
            Action.WARN,
        ),
        (
            [{"classes": ["identity"], "roles": ["pilot"], "action": "warn"}],
            "redaction",
            Role.ADMIN,
            Action.MASK,
        ),
        (
            [
                {"labels": ["LOCATION"], "action": "allow"},
                {"classes": ["identity"], "usages": ["voyages"], "action": "block"},
            ],
            "voyages",
            Role.PILOT,
            Action.ALLOW,
        ),
    ],
)
def test_the_most_specific_rule_wins_then_the_strictest(
    rules: list[dict[str, Any]], usage: str, role: Role, action: Action
) -> None:
    policy = _with(*[dict(rule) for rule in rules])
    assert build_table(policy.document, usage, role, Trust.EUROPEAN)["LOCATION"].action is action


def test_what_no_rule_covers_is_blocked() -> None:
    content = yaml.safe_load(Policy.default().to_yaml())
    content["rules"] = [rule for rule in content["rules"] if rule["id"] != "banque"]
    document = Policy.from_yaml(yaml.safe_dump(content)).document
    for trust in Trust:
        table = build_table(document, "redaction", Role.ADMIN, trust)
        for label in ("IBAN", "CARD", "UN_TYPE_A_VENIR"):
            assert (table[label].action, table[label].rule) == (Action.BLOCK, "type-inconnu")


@pytest.mark.parametrize("name", ["open", "prudent", "strict"])
def test_a_shipped_policy_covers_every_label(name: str) -> None:
    for trust in Trust:
        assert set(build_table(Policy.load(name).document, "", Role.COLLABORATOR, trust)) == set(LABELS)
