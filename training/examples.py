"""Texts as the arrays that the network learns from, made by the very code that reads at run time.

examples.build(documents) -> Examples: words by their number in a vocabulary, forms, and tags
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpora import IGNORED, TAGGED, Document
from egide.detection import Detector
from egide.detection.names.features import FLAGS, flags, forms, rows
from egide.detection.names.words import cut
from egide.detection.recogniser import discover
from egide.detection.view import View

SKIP = -1
"""Tag of a word that teaches nothing."""


@dataclass
class Vocabulary:
    """Every word met, with what is known of it by itself."""

    number: dict[str, int] = field(default_factory=dict)
    rows: list[list[int]] = field(default_factory=list)
    flags: list[list[int]] = field(default_factory=list)

    def of(self, word: str) -> int:
        """The number of a word, entered at its first sight."""
        found = self.number.get(word)
        if found is None:
            found = self.number[word] = len(self.rows)
            self.rows.append(rows(word))
            own = flags(word)
            self.flags.append([own >> bit & 1 for bit in range(FLAGS)])
        return found


@dataclass
class Example:
    """One text of T words: ``words`` [T], ``forms`` [T, 4], ``tags`` [T] (0, or 1 + 2 x label + inside)."""

    words: NDArray[np.int32]
    forms: NDArray[np.int32]
    tags: NDArray[np.int16]
    document: Document


def make(document: Document, vocabulary: Vocabulary, detector: Detector) -> Example:
    """The arrays of one text."""
    view = View(document.text)
    words = cut(view)
    tags = np.zeros(len(words.word), np.int16)
    for start, end, label in document.spans:
        first, last = bisect_right(words.end, start), bisect_left(words.start, end)
        if label == IGNORED:
            tags[first:last] = SKIP
        else:
            tag = 1 + 2 * TAGGED.index(label)
            tags[first:last] = tag + 1
            tags[first : first + 1] = tag
    columns = forms(view, words, detector.detect(document.text))
    return Example(
        np.array([vocabulary.of(word) for word in words.word], np.int32),
        np.array(columns, np.int32).reshape(4, -1).T,
        tags,
        document,
    )


def rules() -> Detector:
    """The rules alone: their findings are what the network is told."""
    return Detector(discover())
