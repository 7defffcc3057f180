"""The table of a run of ``egide verify``: what left, what came back, by label and by position."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from egide.server.proof.judge import Verdict
from egide.server.proof.positions import Kind

SIGNS = {
    Verdict.RESTORED: "✓",
    Verdict.MASKED: "•",
    Verdict.REFUSED: "⊘",
    Verdict.WITHHELD: "–",
    Verdict.NOT_FOUND_YET: "…",
    Verdict.FAILED: "?",
    Verdict.NOT_RESTORED: "≠",
    Verdict.LEAK: "✗",
}
LEGEND = {
    Verdict.RESTORED: "masqué au départ, remis en place dans la réponse",
    Verdict.MASKED: "masqué au départ ; la réponse est faite de chiffres",
    Verdict.REFUSED: "refusé : rien n'est parti",
    Verdict.WITHHELD: "le champ n'est jamais transmis",
    Verdict.NOT_FOUND_YET: "aucune règle ne le reconnaît encore : il est parti en clair",
    Verdict.FAILED: "l'échange n'a pas abouti : rien n'est prouvé",
    Verdict.NOT_RESTORED: "masqué au départ, mais mal remis en place",
    Verdict.LEAK: "FUITE : la valeur, ou une partie, est partie en clair",
}
FIELDS = {
    "masked": "où le texte est masqué et remis en place",
    "hidden": "où le texte est masqué et la réponse faite de chiffres",
    "file": "où un fichier est lu (chaque format, chaque endroit), son texte masqué et remis en place",
    "refused": "d'identifiants, refusés s'ils contiennent une valeur",
    "withheld": "jamais transmis",
    "closed": "fermés, ou d'adresses fermées, où tout texte est refusé",
}
_GROUP = re.compile(
    r"\S+ (?:messages\[\](?:\([a-z]+\)|\.content\[\]\([a-z_]+\))|input\[\]\([a-z_]+\)|[a-z_]+)"
)


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
    """For each label and group of fields: the sign under the default policy, then under mask-all if run."""
    grouped: dict[tuple[str, str], dict[str, list[Outcome]]] = defaultdict(lambda: defaultdict(list))
    for outcome in outcomes:
        grouped[outcome.label, group(outcome.position)][outcome.policy].append(outcome)
    return {
        key: "".join(
            SIGNS[worst(by_policy[policy])] for policy in ("default", "mask_all") if policy in by_policy
        )
        for key, by_policy in grouped.items()
    }


def group(position: str) -> str:
    """Fields that are read alike, such as all those of the messages of one role."""
    found = _GROUP.match(position)
    return found[0] if found else position


def matrix(outcomes: Sequence[Outcome]) -> str:
    """Labels down, groups of fields across (numbered, named below), and what each sign means."""
    shown = [outcome for outcome in outcomes if outcome.kind in ("masked", "hidden")]
    groups = list(dict.fromkeys(group(outcome.position) for outcome in shown))
    labels = list(dict.fromkeys(outcome.label for outcome in shown))
    signs = cells(shown)
    width = max(map(len, labels))
    lines = [" " * width + "".join(f"{number:>3}" for number in range(1, len(groups) + 1))]
    lines += [
        label.ljust(width) + "".join(f"{signs.get((label, column), '·'):>3}" for column in groups)
        for label in labels
    ]
    lines += ["", *(f"{number:>3}  {column}" for number, column in enumerate(groups, 1)), ""]
    seen = {outcome.verdict for outcome in shown}
    lines += [f"  {SIGNS[verdict]}  {LEGEND[verdict]}" for verdict in Verdict if verdict in seen]
    if any(len(sign) > 1 for sign in signs.values()):
        lines.append("  Deux signes : sous la politique par défaut, puis quand la politique masque tout.")
    return "\n".join(lines)


def fields(outcomes: Sequence[Outcome]) -> str:
    """How many fields of each kind were tried, and that those without text let none through."""
    seen: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        seen[outcome.kind].add(outcome.position)
    said = [f"{len(seen[kind])} {words}" for kind, words in FIELDS.items() if seen[kind]]
    return "Champs essayés : " + " ; ".join(said) + "."


def problems(outcomes: Iterable[Outcome]) -> str:
    """The outcomes that are not as they should be: for each label, in how many fields, and the first one."""
    grouped: dict[tuple[Verdict, str], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        grouped[outcome.verdict, outcome.label].append(outcome)
    said = []
    for (verdict, label), mine in grouped.items():
        places = {outcome.position for outcome in mine}
        codes = sorted({outcome.detail for outcome in mine if outcome.detail})
        more = f" ({', '.join(codes)})" if codes else ""
        said.append(f"  {SIGNS[verdict]} {label} : {len(places)} champ(s), dont {min(places)}{more}")
    return "\n".join(said)
