"""Near copies of the confidential documents of a company, as a source of findings.

A passage of 30 words, a word in ten changed, is found; so is any longer one. It is told by runs of five
words that stand in the document in the same order, near each other. Runs that stand in formulas of
everyday letters and contracts (``boilerplate``), or in several documents that have nothing else in
common, tell nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.finding import Finding
from egide.detection.knowledge.boilerplate import formulas
from egide.detection.knowledge.edges import widened
from egide.detection.knowledge.families import ordinary
from egide.detection.knowledge.hashing import Namer, Names
from egide.detection.knowledge.packing import unpack
from egide.detection.knowledge.reading import read
from egide.detection.knowledge.sorted_names import SortedNames
from egide.detection.knowledge.winnowing import RUN, runs
from egide.detection.view import View

RECOGNISER: Final = "company_copy"
_SCORE: Final = 0.9
# Measured: fewer or nearer runs also stand in unrelated texts of the same trade; see docs/decisions/0007.
_FEWEST, _SHORTEST = 5, 15
_GAP, _DRIFT = 20, 6


@dataclass(frozen=True, slots=True)
class Document:
    """A document as ``fingerprint`` gives it; ``name`` is shown to people."""

    name: str
    packed: bytes = field(repr=False)


@dataclass(slots=True)
class _Passage:
    """Runs that follow each other in the text and in one document; ``shift`` is how far apart they are."""

    first: int
    last: int
    shift: int
    count: int = 1

    def follows(self, at: int, shift: int) -> bool:
        return at - self.last <= _GAP and abs(shift - self.shift) <= _DRIFT

    def add(self, at: int, shift: int) -> None:
        self.count += at != self.last
        self.last, self.shift = at, shift

    @property
    def sure(self) -> bool:
        return self.count >= _FEWEST and self.last + RUN - self.first >= _SHORTEST


class Copies:
    """A source of findings for ``documents``, all under ``key``. Raises ValueError when one cannot be
    read: none is ever left out."""

    def __init__(self, documents: Sequence[Document], key: bytes) -> None:
        self._namer = Namer(key)
        self._names = [document.name for document in documents]
        name, place, source = _joined(documents)
        kept = ~np.isin(name, formulas(self._namer)) & ~ordinary(name, source, len(documents))
        self._runs, self._place, self._source = SortedNames(name[kept]), place[kept], source[kept]

    def find(self, view: View) -> Iterator[Finding]:
        """Every passage that a document also holds."""
        reading = read(view, self._namer)
        told = runs(reading.names)
        there = self._runs.look(told)[1]
        # One word said a thousand times is a thousand times the same run, and tells nothing more.
        there[1:] &= told[1:] != told[:-1]
        hits = np.flatnonzero(there)
        if len(hits) < _FEWEST:
            return
        for source, passages in self._passages(told, hits).items():
            reason = f"Extrait d'un document confidentiel (« {self._names[source]} »)."
            for passage in passages:
                if passage.sure:
                    start, end = widened(view, reading.words, passage.first, passage.last + RUN - 1)
                    yield Finding(start, end, "CONFIDENTIAL_COPY", _SCORE, RECOGNISER, reason)

    def _passages(self, told: Names, hits: NDArray[np.int64]) -> dict[int, list[_Passage]]:
        found: defaultdict[int, list[_Passage]] = defaultdict(list)
        first = self._runs.names.searchsorted(told[hits])
        last = self._runs.names.searchsorted(told[hits], "right")
        for at, begin, end in zip(hits.tolist(), first.tolist(), last.tolist(), strict=True):
            for k in range(begin, end):
                _grow(found[int(self._source[k])], at, at - int(self._place[k]))
        return found


def _grow(passages: list[_Passage], at: int, shift: int) -> None:
    for passage in reversed(passages[-8:]):
        if passage.follows(at, shift):
            passage.add(at, shift)
            return
    passages.append(_Passage(at, at, shift))


def _joined(
    documents: Sequence[Document],
) -> tuple[Names, NDArray[np.uint32], NDArray[np.uint16]]:
    """Runs of all documents, sorted, with their place and the number of their document."""
    read_ = [unpack(document.packed) for document in documents]
    name = np.concatenate([np.zeros(0, np.uint64), *(one["runs"] for one in read_)])
    place = np.concatenate([np.zeros(0, np.uint32), *(one["places"] for one in read_)])
    counts = [len(one["runs"]) for one in read_]
    source = np.repeat(np.arange(len(read_), dtype=np.uint16), counts)
    order = np.argsort(name, kind="stable")
    return name[order], place[order], source[order]
