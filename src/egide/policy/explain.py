"""A decision in French: what happens to which kinds of values, how many, and the rule's own sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from egide.detection.labels import LABELS
from egide.policy.model import Action
from egide.policy.table import Cell, Table

HEADINGS: Final[dict[Action, str]] = {
    Action.BLOCK: "Envoi bloqué",
    Action.APPROVE: "Accord d'un pilote demandé",
    Action.JUSTIFY: "Justification demandée",
    Action.REROUTE: "À confier à un autre service",
    Action.MASK: "Masqué avant l'envoi",
    Action.WARN: "Attention, envoyé en clair",
    Action.ALLOW: "Envoyé en clair",
}
# Never the name of an unknown label: it comes from outside the catalogue, so it could be anything.
UNKNOWN: Final = "élément d'un type inconnu"


def explain(counts: Mapping[str, int], table: Table, lead: Cell) -> str:
    """``counts`` by label. The strictest action comes first, then the lead rule's sentence."""
    groups: dict[Action, list[str]] = {}
    for label, count in counts.items():
        known = LABELS.get(label)
        groups.setdefault(table[label].action, []).append(f"{known.french if known else UNKNOWN} ({count})")
    parts = [f"{HEADINGS[action]} : {', '.join(groups[action])}." for action in HEADINGS if action in groups]
    parts.insert(1, lead.sentence)
    return " ".join(parts)
