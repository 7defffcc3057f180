"""The table of a run of ``egide verify``: what left, what came back, by label and by position."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from egide.server.proof.judge import Verdict
from egide.server.proof.positions import Kind

SIGNS = {
    Verdict.RESTORED: "✓",
    Verdict.REFUSED: "⊘",
    Verdict.WITHHELD: "–",
    Verdict.NOT_FOUND_YET: "…",
    Verdict.FAILED: "?",
    Verdict.NOT_RESTORED: "≠",
    Verdict.LEAK: "✗",
}
LEGEND = {
    Verdict.RESTORED: "masqué au départ, remis en place dans la réponse",
    Verdict.REFUSED: "refusé : rien n'est parti",
    Verdict.WITHHELD: "le champ n'est jamais transmis",
    Verdict.NOT_FOUND_YET: "aucune règle ne le reconnaît encore : il est parti en clair",
    Verdict.FAILED: "l'échange n'a pas abouti : rien n'est prouvé",
    Verdict.NOT_RESTORED: "masqué au départ, mais mal remis en place",
    Verdict.LEAK: "FUITE : la valeur, ou une partie, est partie en clair",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One planted exchange and its verdict. ``policy`` is ``default`` or ``mask_all``."""

    label: str
    position: str
    streamed: bool
    policy: str
    verdict: Verdict
    detail: str = ""
    kind: Kind = "masked"

    def as_dict(self) -> dict[str, object]:
        """For ``--json``: no value, no text."""
        return {
            "label": self.label,
            "position": self.position,
            "streamed": self.streamed,
            "policy": self.policy,
            "verdict": self.verdict.value,
            "detail": self.detail,
            "field": self.kind,
        }


def worst(outcomes: Iterable[Outcome]) -> Verdict:
    """The verdict of a cell: the worst of its exchanges."""
    return max((outcome.verdict for outcome in outcomes), key=list(Verdict).index)


def cells(outcomes: Iterable[Outcome]) -> dict[tuple[str, str], str]:
    """For each label and position: the sign under the default policy, then under mask-all if run."""
    grouped: dict[tuple[str, str], dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
    for outcome in outcomes:
        grouped[outcome.label, outcome.position][outcome.policy].append(outcome)
    return {
        key: "".join(
            SIGNS[worst(by_policy[policy])] for policy in ("default", "mask_all") if policy in by_policy
        )
        for key, by_policy in grouped.items()
    }


def matrix(outcomes: Sequence[Outcome]) -> str:
    """Labels down, positions across (numbered, named below), and what each sign means."""
    positions = list(dict.fromkeys(outcome.position for outcome in outcomes))
    labels = list(dict.fromkeys(outcome.label for outcome in outcomes))
    signs = cells(outcomes)
    width = max(map(len, labels))
    lines = [" " * width + "".join(f"{number:>4}" for number in range(1, len(positions) + 1))]
    lines += [
        label.ljust(width) + "".join(f"{signs.get((label, position), '·'):>4}" for position in positions)
        for label in labels
    ]
    lines += ["", *(f"{number:>4}  {position}" for number, position in enumerate(positions, 1)), ""]
    seen = {outcome.verdict for outcome in outcomes}
    lines += [f"   {SIGNS[verdict]}  {LEGEND[verdict]}" for verdict in Verdict if verdict in seen]
    if any(len(sign) > 1 for sign in signs.values()):
        lines.append("  Deux signes : d'abord la politique par défaut, puis « tout masquer ».")
    return "\n".join(lines)
