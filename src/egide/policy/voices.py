"""Who says what of a value: the profile, the company, each profession; and which of them decides."""

from __future__ import annotations

from dataclasses import dataclass

from egide.policy.document import COMPANY, PROFESSION, PROFILE, PolicyDocument
from egide.policy.model import Action, Role, Trust
from egide.policy.table import build_table, winners


@dataclass(frozen=True, slots=True)
class Voice:
    """What one origin says of a label. ``decides``: it is what happens."""

    origin: str
    action: Action
    decides: bool


def voices(document: PolicyDocument, usage: str, role: Role, trust: Trust) -> dict[str, tuple[Voice, ...]]:
    """By label, the voice that decides first. Where none decides, no rule covers the label: it is blocked."""
    every = (*document.rules, *document.floors)
    origin_of = {rule.id: rule.origin for rule in every}
    table = build_table(document, usage, role, trust)
    found: dict[str, list[Voice]] = {}
    for origin in dict.fromkeys((PROFILE, COMPANY, *(rule.origin for rule in every))):
        own = [rule for rule in every if rule.origin == origin]
        for label, cell in winners(document, own, usage, role, trust).items():
            if origin.startswith(PROFESSION) and cell.action is Action.ALLOW:
                continue  # it asks nothing here: that is not to say that the value may be read
            decides = origin_of.get(table[label].rule) == origin
            action = table[label].action if decides else cell.action
            found.setdefault(label, []).append(Voice(origin, action, decides))
    return {label: tuple(sorted(said, key=lambda one: not one.decides)) for label, said in found.items()}
