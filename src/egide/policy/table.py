"""Rules compiled to one table: label → what to do, for a usage, a role and a trust.

The most specific rule wins (label over class, then usage, then role); between equals, the strictest.
A label that no rule covers is blocked.
"""

from __future__ import annotations

from dataclasses import dataclass

from egide.policy.document import PolicyDocument, Rule
from egide.policy.model import Action, Role, Trust


@dataclass(frozen=True, slots=True)
class Cell:
    """What to do with a value. ``rank`` orders cells, strictest first, then in order of the file."""

    outcome: tuple[Action, str]  # the action and the id of the rule
    sentence: str
    charter: str
    rank: tuple[int, int]

    @property
    def action(self) -> Action:
        """What happens to the value."""
        return self.outcome[0]

    @property
    def rule(self) -> str:
        """The rule that says so."""
        return self.outcome[1]


class Table(dict[str, Cell]):
    """Label → cell. A label that is not there is blocked, whatever the provider."""

    def __init__(self, unknown: Cell) -> None:
        super().__init__()
        self.unknown = unknown

    def __missing__(self, label: str) -> Cell:
        return self.unknown


def build_table(document: PolicyDocument, usage: str, role: Role, trust: Trust) -> Table:
    """The table in force for one usage, role and trust."""
    table = Table(_unknown_cell(document))
    weights: dict[str, tuple[bool, bool, bool, int]] = {}
    for order, rule in enumerate(document.rules):
        if (rule.usages and usage not in rule.usages) or (rule.roles and role not in rule.roles):
            continue
        cell = _cell(document, rule, trust, order)
        weight = (bool(rule.labels), bool(rule.usages), bool(rule.roles), cell.action.severity)
        for label in rule.covers:
            if label not in weights or weight > weights[label]:
                weights[label], table[label] = weight, cell
    return table


def _unknown_cell(document: PolicyDocument) -> Cell:
    said = document.unknown
    rank = (-Action.BLOCK.severity, -1)
    return Cell((Action.BLOCK, said.id), said.sentence, str(document.charter[said.charter]), rank)


def _cell(document: PolicyDocument, rule: Rule, trust: Trust, order: int) -> Cell:
    action = rule.actions[trust]
    charter = str(document.charter[rule.charter])
    return Cell((action, rule.id), rule.sentences[action], charter, (-action.severity, order))
