"""Rules compiled to one table: label → what to do, for a usage, a role and a trust.

The most specific rule wins (label over class, then usage, then role); between equals, the company's over
the profile's, then the strictest. A floor then replaces what it is stricter than, and nothing else. A
label that no rule covers is blocked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from egide.policy.document import COMPANY, PolicyDocument, Rule
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
    table.update(winners(document, document.rules, usage, role, trust))
    for order, floor in enumerate(document.floors, start=len(document.rules)):
        if speaks(floor, usage, role):
            cell = _cell(document, floor, trust, order)
            for label in floor.covers:
                if cell.action.severity > table[label].action.severity:
                    table[label] = cell
    return table


def winners(
    document: PolicyDocument, rules: Iterable[Rule], usage: str, role: Role, trust: Trust
) -> dict[str, Cell]:
    """For each label that these rules of the document cover, what the one that wins says."""
    cells: dict[str, Cell] = {}
    weights: dict[str, tuple[int, ...]] = {}
    for order, rule in enumerate(rules):
        if not speaks(rule, usage, role):
            continue
        cell = _cell(document, rule, trust, order)
        weight = _weight(rule, cell.action)
        for label in rule.covers:
            if label not in weights or weight > weights[label]:
                weights[label], cells[label] = weight, cell
    return cells


def speaks(rule: Rule, usage: str, role: Role) -> bool:
    """Whether the rule is in force for this usage and role."""
    return (not rule.usages or usage in rule.usages) and (not rule.roles or role in rule.roles)


def _weight(rule: Rule, action: Action) -> tuple[int, ...]:
    own = rule.origin == COMPANY
    return bool(rule.labels), bool(rule.usages), bool(rule.roles), own, action.severity


def _unknown_cell(document: PolicyDocument) -> Cell:
    said = document.unknown
    rank = (-Action.BLOCK.severity, -1)
    return Cell((Action.BLOCK, said.id), said.sentence, str(document.charter[said.charter]), rank)


def _cell(document: PolicyDocument, rule: Rule, trust: Trust, order: int) -> Cell:
    action = rule.actions[trust]
    charter = str(document.charter[rule.charter])
    return Cell((action, rule.id), rule.sentences[action], charter, (-action.severity, order))
