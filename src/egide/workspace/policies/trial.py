"""« Que se passerait-il ? » : what the policy in force and the draft each do with a text. Nothing is sent,
and nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from egide.detection import LABELS, Finding
from egide.errors import WorkspaceError
from egide.policy import Action, Decision, Person, Policy, Provider, Role, Treatment, Trust, Usage
from egide.policy.explain import UNKNOWN
from egide.workspace.policies.shown import BADGES, WORDS, origin
from egide.workspace.wiring import wired

LONGEST: Final = 20_000
# The class of a mark, as in the Assistant: its own underline for each.
_MARKS: Final = {
    Action.ALLOW: "left",
    Action.WARN: "left",
    Action.MASK: "masked",
    Action.JUSTIFY: "justify",
    Action.APPROVE: "justify",
    Action.REROUTE: "blocked",
    Action.BLOCK: "blocked",
}
_VERDICTS: Final = {
    Action.BLOCK: "Envoi bloqué",
    Action.REROUTE: "À confier à un autre service",
    Action.APPROVE: "Envoi possible avec l'accord d'un pilote",
    Action.JUSTIFY: "Envoi possible avec une raison",
    Action.MASK: "Envoyé, avec ce qui est masqué",
    Action.WARN: "Envoyé, avec un avertissement",
    Action.ALLOW: "Envoyé tel quel",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. ``mark`` is empty where nothing was recognised."""

    text: str = field(repr=False)
    mark: str = ""
    word: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """What one policy does with the text."""

    verdict: str
    badge: str
    explanation: str
    pieces: tuple[Piece, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Difference:
    """A kind of value that the two policies treat differently."""

    kind: str
    count: int
    before: str
    after: str
    by: str


@dataclass(frozen=True, slots=True)
class Trial:
    """Both policies on one text."""

    before: Side
    after: Side
    differences: tuple[Difference, ...]


def attempt(text: str, usage: str, trust: Trust, role: Role, before: Policy, after: Policy) -> Trial:
    """Try a text. Raises WorkspaceError EG-6137, or DetectionError when it cannot be analysed."""
    if not text.strip() or len(text) > LONGEST:
        raise WorkspaceError("EG-6137", longest=LONGEST)
    found = wired().exchanges.recognise(text)
    asked = (Usage(usage, usage), Provider("", "", "openai", "", trust), Person("", role))
    old, new = (policy.decide(found, *asked) for policy in (before, after))
    changed = [one.action is not other.action for one, other in _pairs(old, new)]
    return Trial(_side(text, old, changed), _side(text, new, changed), tuple(_differences(old, new, after)))


def _pairs(old: Decision, new: Decision) -> Sequence[tuple[Treatment, Treatment]]:
    return list(zip(old.treatments, new.treatments, strict=True))


def _side(text: str, decision: Decision, changed: Sequence[bool]) -> Side:
    pieces, end = [], 0
    marked = sorted(zip(decision.treatments, changed, strict=True), key=lambda pair: pair[0].finding.start)
    for (finding, action, _), differs in marked:
        if finding.start < end:  # inside what is marked already
            continue
        pieces += [Piece(text[end : finding.start]), _piece(text, finding, action, differs)]
        end = finding.end
    pieces.append(Piece(text[end:]))
    verdict = _VERDICTS[decision.action]
    badge = BADGES.get(decision.action, "")
    return Side(verdict, badge, decision.explanation, tuple(piece for piece in pieces if piece.text))


def _piece(text: str, finding: Finding, action: Action, differs: bool) -> Piece:
    word = f"{_kind(finding.label)}, {WORDS[action].lower()}"
    return Piece(text[finding.start : finding.end], _MARKS[action], word, differs)


def _differences(old: Decision, new: Decision, policy: Policy) -> list[Difference]:
    document = policy.document
    origins = {rule.id: rule.origin for rule in (*document.rules, *document.floors)}
    counts: dict[tuple[str, Action, Action, str], int] = {}
    for one, other in _pairs(old, new):
        if one.action is not other.action:
            key = (one.finding.label, one.action, other.action, other.rule)
            counts[key] = counts.get(key, 0) + 1
    return [
        Difference(
            _kind(label),
            count,
            WORDS[before],
            WORDS[after],
            origin(origins[rule]) if rule in origins else "aucune règle",
        )
        for (label, before, after, rule), count in counts.items()
    ]


def _kind(label: str) -> str:
    return LABELS[label].french if label in LABELS else UNKNOWN
