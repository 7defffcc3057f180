"""What is kept of a confidential document: keyed names of some of its runs of five words, and their place.

Winnowing (Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003): of every two neighbouring runs, at least one is kept. Of 30 words with three changed, at least four
runs kept stand unchanged, whatever the three; five in 99.9 % of cases.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from egide.detection.knowledge.cutting import Places, cut
from egide.detection.knowledge.hashing import Namer, Names, mixed
from egide.detection.knowledge.packing import pack
from egide.detection.view import fold

RUN: Final = 5
_WINDOW: Final = 2
# Odd, and unlike: the order of the words counts.
_FACTORS: Final = np.array([0x9E3779B97F4A7C15 * (2 * i + 1) % 2**64 for i in range(RUN)], np.uint64)
# A form may say the same thing on every line: its places beyond are not kept.
_MOST_PLACES: Final = 4


def runs(names: Names) -> Names:
    """The name of every run of five words, by its first word."""
    count = max(0, len(names) - RUN + 1)
    told = names[:count] * _FACTORS[0]
    for offset in range(1, RUN):
        told += names[offset : offset + count] * _FACTORS[offset]
    return mixed(told)


def fingerprint(text: str, key: bytes) -> bytes:
    """``text`` under ``key`` (32 bytes), for ``Copies``. Nothing of it can be read back."""
    told = runs(Namer(key).of_words(cut(fold(text))))
    place = _kept(told)
    order = np.lexsort((place, told[place]))
    place = place[order]
    name = told[place]
    few = np.ones(len(name), np.bool_)
    few[_MOST_PLACES:] = name[_MOST_PLACES:] != name[:-_MOST_PLACES]
    return pack({"runs": name[few], "places": place[few].astype(np.uint32)})


def _kept(told: Names) -> Places:
    if len(told) <= _WINDOW:
        return np.arange(len(told))
    windows = sliding_window_view(told, _WINDOW)
    return np.unique(np.arange(len(windows)) + windows.argmin(axis=1))
