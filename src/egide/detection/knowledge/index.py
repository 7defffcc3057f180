"""Several lists as one table, so that a text is looked up once whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from egide.detection.knowledge import typos
from egide.detection.knowledge.compiling import best_first
from egide.detection.knowledge.hashing import Names, sorted_once
from egide.detection.knowledge.packing import Array, unpack
from egide.detection.knowledge.sorted_names import SortedNames


@dataclass(frozen=True, slots=True)
class Index:
    """As in ``compiling``, with ``source``: the number of the list that each phrase comes from."""

    phrases: SortedNames
    told: NDArray[np.uint8]
    source: NDArray[np.uint16]
    words: SortedNames
    typos: SortedNames


def join(packed: Sequence[bytes]) -> Index:
    """One index of lists as ``compile_terms`` gives them. Raises ValueError when one cannot be read."""
    lists = [unpack(one) for one in packed]
    if len(lists) == 1:
        only = lists[0]
        source = np.zeros(len(only["phrases"]), np.uint16)
        return _index(only["phrases"], only["told"], source, only["words"], only["typos"])
    phrases, told = _all(lists, "phrases", np.uint64), _all(lists, "told", np.uint8)
    source = np.repeat(np.arange(len(lists), dtype=np.uint16), [len(one["phrases"]) for one in lists])
    order = best_first(phrases, told)
    words = sorted_once(_all(lists, "words", np.uint64))
    kept = [typos.renumbered(one["typos"], np.searchsorted(words, one["words"])) for one in lists]
    every = sorted_once(np.concatenate([np.zeros(0, np.uint64), *kept]))
    return _index(phrases[order], told[order], source[order], words, every)


def _index(
    phrases: Names, told: NDArray[np.uint8], source: NDArray[np.uint16], words: Names, kept: Names
) -> Index:
    return Index(SortedNames(phrases), told, source, SortedNames(words), SortedNames(kept))


def _all(lists: Sequence[dict[str, Array]], name: str, kind: type) -> Array:
    return np.concatenate([np.zeros(0, kind), *(one[name] for one in lists)])
