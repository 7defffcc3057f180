"""Findings of a passage, given back to the slots that they touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from egide.detection import Finding
from egide.detection.merge import merge
from egide.gateway.analysis import Findings
from egide.gateway.slots import Passage


def texts_of(passage: Passage) -> list[str]:
    """What must be analysed for a passage: the whole, and each slot alone where that is asked for."""
    if len(passage.slots) == 1 or not passage.apart:
        return [passage.text]
    return [passage.text, *(slot.text for slot in passage.slots)]


def share(passage: Passage, found: Sequence[Findings]) -> list[list[Finding]]:
    """Disjoint findings of each slot, in order. ``found`` answers ``texts_of``, in its order."""
    if len(passage.slots) == 1 and not passage.slots[0].lead:
        return [list(found[0])]
    shared = _cut(passage, found[0])
    if len(found) > 1:
        shared = [merge([*cut, *alone]) for cut, alone in zip(shared, found[1:], strict=True)]
    return shared


def _cut(passage: Passage, findings: Iterable[Finding]) -> list[list[Finding]]:
    """Each finding cut at the borders of the slots; a piece with no letter or digit is left out."""
    shared: list[list[Finding]] = [[] for _ in passage.slots]
    places, start = [], 0
    for slot in passage.slots:
        start += len(slot.lead)
        places.append((start, start + len(slot.text)))
        start += len(slot.text)
    at = 0
    for finding in findings:
        while at < len(places) and places[at][1] <= finding.start:
            at += 1
        for i in range(at, len(places)):
            first, last = places[i]
            if first >= finding.end:
                break
            begin, end = max(first, finding.start) - first, min(last, finding.end) - first
            if any(map(str.isalnum, passage.slots[i].text[begin:end])):
                shared[i].append(finding._replace(start=begin, end=end))
    return shared
