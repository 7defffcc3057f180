"""From the weight of each tag to runs of words of one label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Run = tuple[int, int, int, float]


def spans(weights: NDArray[np.float32], thresholds: NDArray[np.float32]) -> list[Run]:
    """(first word, end, label, score) of each run, in order.

    ``weights`` [T, 1 + 2 x labels] are probabilities: nothing, then beginning and inside of each label.
    A word belongs to its likeliest label when that label's two tags together reach its threshold.
    ``score`` is the mean of what its words have.
    """
    beginning, inside = weights[:, 1::2], weights[:, 2::2]
    either = beginning + inside
    best = either.argmax(axis=1)
    every = np.arange(len(best))
    top = either[every, best]
    begins = beginning[every, best] > inside[every, best]
    found: list[Run] = []
    first, label, total = -1, -1, 0.0
    for i in np.flatnonzero(top >= thresholds[best]).tolist():
        own = int(best[i])
        goes_on = found and found[-1][1] == i and own == label and not begins[i]
        total = total + float(top[i]) if goes_on else float(top[i])
        first = first if goes_on else i
        label = own
        run = (first, i + 1, label, total / (i + 1 - first))
        if goes_on:
            found[-1] = run
        else:
            found.append(run)
    return found
