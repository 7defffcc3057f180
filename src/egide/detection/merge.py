"""From many overlapping findings to disjoint ones, so that nothing found by anyone stays in clear.

The result covers the union of the spans. Overlapping findings become one: it spans them all and
carries the label of the strongest, that is the one that covers most, then the surest. A short sure
span thus never cuts a longer one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from egide.detection.finding import Finding


def _strength(finding: Finding) -> tuple[int, float, str]:
    return finding.end - finding.start, finding.score, finding.label


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Disjoint findings in order of start, covering exactly the characters that ``findings`` cover."""
    merged: list[Finding] = []
    best: Finding | None = None
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if best is None or finding.start >= merged[-1].end:
            merged.append(finding)
            best = finding
            continue
        if _strength(finding) > _strength(best):
            best = finding
        start, end = merged[-1].start, max(merged[-1].end, finding.end)
        merged[-1] = replace(best, start=start, end=end)
    return merged
