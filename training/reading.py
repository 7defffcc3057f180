"""From weights to findings and a score, for training: the run-time reading with even thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from corpora import IGNORED, TAGGED, Document
from egide.detection.names.spans import spans
from egide.detection.names.words import cut
from egide.detection.view import View

Span = tuple[int, int, str]


def findings(text: str, weights: NDArray[np.float32], threshold: float = 0.5) -> list[Span]:
    """Spans (start, end, label) of a text from its tags' weights [T, tags]."""
    words = cut(View(text))
    even = np.full((2, len(TAGGED)), threshold, np.float32)
    return [(words.start[a], words.end[b - 1], TAGGED[label]) for a, b, label, _ in spans(weights, even)]


def score(pairs: Iterable[tuple[Document, list[Span]]]) -> dict[str, float]:
    """Exact F1 of people and firms, share of marked characters covered, of empty texts touched."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    given: Counter[str] = Counter()
    covered = wanted = empty = touched = 0
    for document, found in pairs:
        gold = {span for span in document.spans if span[2] not in (IGNORED, "OTHER")}
        ignored = [span for span in document.spans if span[2] == IGNORED]
        kept = {
            f for f in found if f[2] != "OTHER" and not any(a <= f[0] and f[1] <= b for a, b, _ in ignored)
        }
        for span in gold:
            asked[span[2]] += 1
            wanted += span[1] - span[0]
            covered += sum(max(0, min(span[1], b) - max(span[0], a)) for a, b, _ in found)
        for span in kept:
            given[span[2]] += 1
        for span in kept & gold:
            right[span[2]] += 1
        if not document.spans:
            empty += 1
            touched += bool(kept)
    figures = {}
    for label in ("PERSON", "ORGANISATION", "ADDRESS", "HEALTH", "LOCATION"):
        figures[label[:4]] = 2 * right[label] / max(1, asked[label] + given[label])
    return {**figures, "covered": covered / max(1, wanted), "touched": touched / max(1, empty)}
