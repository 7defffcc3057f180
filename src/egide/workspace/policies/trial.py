"""« Que se passerait-il ? » : what the policy in force and the draft each do with a text. Nothing is sent,
and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.detection import LABELS, Finding
from egide.errors import WorkspaceError
from egide.policy import Action, Decision, Person, Policy, Provider, Role, Treatment, Trust, Usage, carrying
from egide.policy.document import COMPANY, PROFILE
from egide.policy.editing import own_settings
from egide.policy.explain import UNKNOWN
from egide.workspace.policies.shown import BADGES, PICTURE_WORDS, SPEECH_WORDS, WORDS, origin
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
_VERDICTS: Final[dict[Action, Promise]] = {
    Action.BLOCK: _("Envoi bloqué"),
    Action.REROUTE: _("À confier à un autre service"),
    Action.APPROVE: _("Envoi possible avec l'accord d'un pilote"),
    Action.JUSTIFY: _("Envoi possible avec une raison"),
    Action.MASK: _("Envoyé, avec ce qui est masqué"),
    Action.WARN: _("Envoyé, avec un avertissement"),
    Action.ALLOW: _("Envoyé tel quel"),
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
    """What one policy does with the text, and with a picture or a recording beside it."""

    verdict: str | Promise
    badge: str
    explanation: str
    pieces: tuple[Piece, ...] = field(repr=False)
    carriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A kind of value that the two policies treat differently. ``count`` is 0 for what is not in the text."""

    kind: str
    count: int
    before: str | Promise
    after: str | Promise
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
    return Trial(
        _side(text, old, changed, carrying.towards(before.document, trust, gettext)),
        _side(text, new, changed, carrying.towards(after.document, trust, gettext)),
        (*_differences(old, new, after), *_carried(before, after, trust)),
    )


def _pairs(old: Decision, new: Decision) -> Sequence[tuple[Treatment, Treatment]]:
    return list(zip(old.treatments, new.treatments, strict=True))


def _side(text: str, decision: Decision, changed: Sequence[bool], carriers: tuple[str, ...]) -> Side:
    pieces, end = [], 0
    marked = sorted(zip(decision.treatments, changed, strict=True), key=lambda pair: pair[0].finding.start)
    for (finding, action, _rule), differs in marked:
        if finding.start < end:  # inside what is marked already
            continue
        pieces += [Piece(text[end : finding.start]), _piece(text, finding, action, differs)]
        end = finding.end
    pieces.append(Piece(text[end:]))
    verdict = _VERDICTS[decision.action]
    badge = BADGES.get(decision.action, "")
    shown = tuple(piece for piece in pieces if piece.text)
    return Side(verdict, badge, decision.explanation, shown, carriers)


def _piece(text: str, finding: Finding, action: Action, differs: bool) -> Piece:
    word = f"{_kind(finding.label)}, {str(WORDS[action]).lower()}"
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
            origin(origins[rule]) if rule in origins else gettext("aucune règle"),
        )
        for (label, before, after, rule), count in counts.items()
    ]


def _carried(before: Policy, after: Policy, trust: Trust) -> Iterator[Difference]:
    """The same for a picture and a recording: no rule of a profession speaks of them."""
    old, new = (policy.document for policy in (before, after))
    own = origin(COMPANY if own_settings(new) else PROFILE)
    if old.pictures[trust] is not new.pictures[trust]:
        first, then = (gettext(PICTURE_WORDS[one.pictures[trust]]) for one in (old, new))
        yield Difference(gettext("image jointe"), 0, first, then, own)
    if trust is Trust.LOCAL and old.speech is not new.speech:
        first, then = (gettext(SPEECH_WORDS[one.speech]) for one in (old, new))
        yield Difference(gettext("enregistrement vocal"), 0, first, then, own)


def _kind(label: str) -> str:
    return gettext(LABELS[label].french if label in LABELS else UNKNOWN)
