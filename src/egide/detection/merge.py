"""From many overlapping findings to disjoint ones, so that nothing found by anyone stays in clear.

The result covers the union of the spans. Overlapping findings become one: it spans them all and
carries the label of the strongest, that is the one that covers most, then the surest. A short sure
span thus never cuts a longer one.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from egide.detection.finding import Finding

_BY_START = itemgetter(0)


def _stronger(finding: Finding, best: Finding) -> bool:
    """``finding`` covers more than ``best``, or as much and is surer; the label settles the rest."""
    more = (finding[1] - finding[0]) - (best[1] - best[0])
    return more > 0 or (more == 0 and (finding[3], finding[2]) > (best[3], best[2]))


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
        # By place and not by name, here and above: a long text has hundreds of findings.
        first, last = finding[0], finding[1]
        if first >= end:
            merged.append(best if best[0] == start and best[1] == end else _spanning(best, start, end))
            best, start, end = finding, first, last
            continue
        if last > end:
            end = last
        if _stronger(finding, best):
            best = finding
    merged.append(_spanning(best, start, end))
    return merged
