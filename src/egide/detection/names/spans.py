"""From the weight of each tag to runs of words of one label."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Run = tuple[int, int, int, float]
ALONE, ACCOMPANIED = 0, 1
_AROUND: Final = 60
"""Words before and behind in which another value keeps a word company."""
_DOUBT: Final = 0.1


def spans(
    weights: NDArray[np.float32], thresholds: NDArray[np.float32], beside: NDArray[Any] | int = ACCOMPANIED
) -> list[Run]:
    """(first word, end, label, score) of each run, in order.

    ``weights`` [T, 1 + 2 x labels] are probabilities: nothing, then beginning and inside of each label.
    A word belongs to its likeliest label when it is something, whatever it is, with at least the certainty
    that ``thresholds`` [2, labels] ask of the label, for words with the company ``beside`` [T] it.
    ``score`` is the mean of what its words have.
    """
    beginning, inside = weights[:, 1::2], weights[:, 2::2]
    either = beginning + inside
    best = either.argmax(axis=1)
    every = np.arange(len(best))
    sure = 1 - weights[:, 0]
    begins = beginning[every, best] > inside[every, best]
    found: list[Run] = []
    first, label, total = -1, -1, 0.0
    for i in np.flatnonzero(sure >= thresholds[beside, best]).tolist():
        own = int(best[i])
        goes_on = found and found[-1][1] == i and own == label and not begins[i]
        total = total + float(sure[i]) if goes_on else float(sure[i])
        first = first if goes_on else i
        label = own
        run = (first, i + 1, label, total / (i + 1 - first))
        if goes_on:
            found[-1] = run
        else:
            found.append(run)
    return found


def company(nothing: NDArray[np.float32]) -> NDArray[np.intp]:
    """[T] ``ACCOMPANIED`` where another value, nearly sure, stands within 60 words, else ``ALONE``.

    ``nothing`` [T] is the probability of no value. A lone value among much plain text is rarer, more often
    a mistake, than one in a letter full of them; two doubtful ones do not vouch for each other.
    """
    sure = nothing < _DOUBT
    starts = sure.copy()
    starts[1:] &= ~sure[:-1]
    seen = np.concatenate(([0], np.cumsum(starts)))
    every = np.arange(len(sure))
    around = seen[np.minimum(every + _AROUND + 1, len(sure))] - seen[np.maximum(every - _AROUND, 0)]
    return (around - sure > 0).astype(np.intp)
