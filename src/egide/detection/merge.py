"""From many overlapping findings to disjoint ones, so that nothing found by anyone stays in clear.

The result covers the union of the spans. Overlapping findings become one: it spans them all and
carries the label of the strongest, that is the one that covers most, then the surest. A short sure
span thus never cuts a longer one.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from egide.detection.finding import Finding

_BY_START = attrgetter("start")


def _strength(finding: Finding) -> tuple[int, float, str]:
    return finding.end - finding.start, finding.score, finding.label


def _spanning(best: Finding, start: int, end: int) -> Finding:
    if best.start == start and best.end == end:
        return best
    return Finding(start, end, best.label, best.score, best.recogniser, best.reason)


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Disjoint findings in order of start, covering exactly the characters that ``findings`` cover."""
    ordered = sorted(findings, key=_BY_START)
    if not ordered:
        return []
    merged: list[Finding] = []
    best = ordered[0]
    start, end = best.start, best.end
    for finding in ordered[1:]:
        if finding.start >= end:
            merged.append(_spanning(best, start, end))
            best, start, end = finding, finding.start, finding.end
            continue
        end = max(end, finding.end)
        if _strength(finding) > _strength(best):
            best = finding
    merged.append(_spanning(best, start, end))
    return merged
