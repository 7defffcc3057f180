"""From the texts of a request to the decision on it, and to its masked form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from egide.checks import Passage, neutralise
from egide.detection import LABELS, Finding
from egide.detection.merge import merge
from egide.detection.terms import Terms
from egide.detection.view import View, fold
from egide.errors import GatewayError, PolicyError
from egide.gateway.slots import Kind, Slot
from egide.policy import Action, Caller, Decision, Policy, Provider
from egide.ports import Adjustments
from egide.pseudonymisation import Session

_CLEAR = (Action.ALLOW, Action.WARN)
NONE = Adjustments()
_PERSON = "person"  # who found it: the person, by hand


@dataclass(slots=True)
class Judged:
    """The decision on a request, and for each slot the findings to hide."""

    decision: Decision
    hidden: list[list[Finding]] = field(repr=False)
    kept: Mapping[str, int] = field(default_factory=dict)  # left in clear by the person, by label

    @property
    def labels(self) -> dict[str, int]:
        """How many findings of each label the request holds."""
        return dict(Counter(t.finding.label for t in self.decision.treatments))


def judge(
    policy: Policy,
    caller: Caller,
    provider: Provider,
    slots: Sequence[Slot],
    found: list[list[Finding]],
    adjustments: Adjustments = NONE,
) -> Judged:
    """Decide on all findings of all slots together. The person's adjustments come first."""
    before = Counter(finding.label for findings in found for finding in findings)
    if adjustments.hide or adjustments.keep:
        found = adjusted(policy, caller, provider, [slot.text for slot in slots], found, adjustments)
    flat = [finding for findings in found for finding in findings]
    decision = policy.decide(flat, caller.usage, provider, caller.person)
    if adjustments.hide:
        decision = _hiding(decision)
    treatments = iter(decision.treatments)
    hidden = [
        [t.finding for t in (next(treatments) for _ in findings) if t.action not in _CLEAR]
        for findings in found
    ]
    after = Counter(finding.label for finding in flat)
    return Judged(decision, hidden, before - after if adjustments.keep else {})


def adjusted(
    policy: Policy,
    caller: Caller,
    provider: Provider,
    texts: Sequence[str],
    found: list[list[Finding]],
    adjustments: Adjustments,
) -> list[list[Finding]]:
    """Findings with the values that the person asked to hide, without those that the person keeps in clear.

    What the policy blocks, sends elsewhere or leaves to a pilot is not a person's to keep.
    """
    kept = {fold(value).strip() for value in adjustments.keep}
    terms = Terms(adjustments.hide, recogniser=_PERSON)

    def severity(finding: Finding) -> int:
        return policy.decide([finding], caller.usage, provider, caller.person).action.severity

    result = []
    for text, findings in zip(texts, found, strict=True):
        left = [
            finding
            for finding in findings
            if fold(text[finding.start : finding.end]).strip() not in kept
            or _firm(policy, caller, provider, finding)
        ]
        asked = [*terms.find(View(text)), *_literal(text, adjustments.hide)] if adjustments.hide else []
        merged = [_asked_for(f, asked) for f in merge([*left, *asked])] if asked else []
        result.append([_as_strict(f, left, severity) for f in merged] if asked else left)
    return result


def refuse(decision: Decision, *, justified: bool = False, approved: bool = False) -> None:
    """Raise PolicyError EG-3001 or EG-3002 unless the exchange may go on."""
    if decision.released(justified, approved):
        return
    stops = {t.finding.label for t in decision.treatments if t.action in (Action.BLOCK, Action.REROUTE)}
    if stops or decision.action in (Action.BLOCK, Action.REROUTE):
        raise PolicyError("EG-3001", labels=names(stops))
    asks = {t.finding.label for t in decision.treatments if t.action in (Action.JUSTIFY, Action.APPROVE)}
    raise PolicyError("EG-3002", labels=names(asks))


def mask(
    session: Session,
    slots: Sequence[Slot],
    judged: Judged,
    ordering: Mapping[int, Sequence[Passage]] | None = None,
) -> None:
    """Write every masked text in its place. ``ordering``: by number of the slot, passages to neutralise.

    Raises GatewayError EG-4016 when a name holds a value.
    """
    for number, (slot, findings) in enumerate(zip(slots, judged.hidden, strict=True)):
        passages = ordering.get(number, ()) if ordering else ()
        if not findings and not passages:
            continue
        if findings and slot.kind is Kind.NAME:
            raise GatewayError("EG-4016", field=slot.path)
        masked = (
            _written(session, slot.text, findings, passages)
            if passages
            else session.mask(slot.text, findings)
        )
        if masked != slot.text:
            slot.put(masked)


def _written(session: Session, text: str, findings: list[Finding], passages: Sequence[Passage]) -> str:
    """The text masked, its ``passages`` marked as data; a value is never cut by the edge of one."""
    parts: list[str] = []
    done = 0
    for passage in passages:
        start, end = _whole_values(passage.start, passage.end, findings)
        start = max(start, done)
        if start >= end:
            continue
        parts.append(_masked(session, text, done, start, findings))
        parts.append(neutralise(_masked(session, text, start, end, findings)))
        done = end
    return "".join((*parts, _masked(session, text, done, len(text), findings)))


def _whole_values(start: int, end: int, findings: Iterable[Finding]) -> tuple[int, int]:
    for finding in findings:
        if finding.start < start < finding.end:
            start = finding.start
        if finding.start < end < finding.end:
            end = finding.end
    return start, end


def _masked(session: Session, text: str, start: int, end: int, findings: Iterable[Finding]) -> str:
    inside = [
        f._replace(start=f.start - start, end=f.end - start)
        for f in findings
        if start <= f.start and f.end <= end
    ]
    return session.mask(text[start:end], inside)


def _hiding(decision: Decision) -> Decision:
    """What a person asked to hide is hidden, also where the policy would let it be read."""
    treatments = tuple(
        t._replace(action=Action.MASK) if t.finding.recogniser == _PERSON and t.action in _CLEAR else t
        for t in decision.treatments
    )
    strictest = max(
        (t.action for t in treatments), key=lambda action: action.severity, default=decision.action
    )
    return replace(decision, treatments=treatments, action=strictest)


def _firm(policy: Policy, caller: Caller, provider: Provider, finding: Finding) -> bool:
    decision = policy.decide([finding], caller.usage, provider, caller.person)
    return decision.action in (Action.APPROVE, Action.REROUTE, Action.BLOCK)


def _as_strict(finding: Finding, found: Sequence[Finding], severity: Callable[[Finding], int]) -> Finding:
    """Under the label of what it covers, when the policy is stricter for that: to hide more lifts nothing."""
    covered = [one for one in found if one.start < finding.end and finding.start < one.end]
    return finding._replace(label=max((finding, *covered), key=severity).label)


def _asked_for(finding: Finding, asked: Sequence[Finding]) -> Finding:
    """Marked as the person's own choice where it covers one."""
    chosen = any(one.start < finding.end and finding.start < one.end for one in asked)
    return finding._replace(recogniser=_PERSON) if chosen else finding


def _literal(text: str, values: Iterable[str]) -> Iterator[Finding]:
    for value in values:
        for start, end in _places(text, value):
            yield Finding(start, end, "COMPANY_TERM", 1.0, _PERSON, "Masqué à votre demande.")


def _places(text: str, value: str) -> Iterator[tuple[int, int]]:
    start = text.find(value) if value else -1
    while start >= 0:
        yield start, start + len(value)
        start = text.find(value, start + len(value))


def names(labels: Iterable[str]) -> str:
    """Kinds of values in French, each once."""
    known = {LABELS[label].french for label in labels if label in LABELS}
    return ", ".join(sorted(known)) or "règle générale"
