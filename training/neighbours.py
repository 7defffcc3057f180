"""Other words for the words around a value, so that the tagger learns kinds of sentences and not sentences.

A plain word becomes now and then one whose meaning is close (``word_vectors.py``). Grammar suffers a little;
values, and the teacher's opinion of the new text, stay true.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import numpy as np

from corpora import Document
from egide.detection.view import fold

_WORD = re.compile(r"[^\W\d_]{4,}")
_CLOSEST = 12


class Neighbours:
    """The closest words of each word, by the cosine of their vectors."""

    def __init__(self, path: Path) -> None:
        stored = np.load(path)
        self._words = str(stored["words"]).split("\n")
        vectors = stored["vectors"]
        self._vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        self._place = {word: i for i, word in enumerate(self._words)}
        self._closest: dict[int, list[int]] = {}

    def of(self, word: str) -> list[str]:
        """The closest words of a folded word; none when it has no vector."""
        place = self._place.get(word)
        if place is None:
            return []
        found = self._closest.get(place)
        if found is None:
            near = np.argpartition(-(self._vectors @ self._vectors[place]), _CLOSEST + 1)[: _CLOSEST + 1]
            found = self._closest[place] = [int(i) for i in near if i != place]
        return [self._words[i] for i in found]

    def vary(self, document: Document, rng: random.Random, share: float) -> Document:
        """``document`` with ``share`` of its plain words outside values changed; offsets follow."""
        marked = bytearray(len(document.text))
        for start, end, _ in document.spans:
            marked[start:end] = b"\1" * (end - start)
        text, parts, shifts, past = document.text, [], [], 0
        for match in _WORD.finditer(text):
            word = match.group()
            if not word.islower() or marked[match.start()] or rng.random() > share:
                continue
            other = self.of(fold(word))
            if other:
                new = rng.choice(other)
                parts += [text[past : match.start()], new]
                shifts.append((match.end(), len(new) - len(word)))
                past = match.end()
        parts.append(text[past:])
        return Document(document.id, "".join(parts), _shifted(document.spans, shifts))


def _shifted(
    spans: tuple[tuple[int, int, str], ...], shifts: list[tuple[int, int]]
) -> tuple[tuple[int, int, str], ...]:
    moved, total, place = [], 0, 0
    for start, end, label in spans:
        while place < len(shifts) and shifts[place][0] <= start:
            total += shifts[place][1]
            place += 1
        moved.append((start + total, end + total, label))
    return tuple(moved)
