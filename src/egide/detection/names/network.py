"""The network at run time, in numpy: table rows summed, four convolutions over the words, one weight a tag.

Half way, every word is told what its block of some 160 words holds.

    Network(arrays).weights(words, forms) -> [T, tags] float32, probabilities

Arrays are those of ``weights.npz`` (see ``training/export.py``): tables in 8 bits with a scale a row,
the rest in half precision. What a word is by itself is computed once and kept, for some thousands of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from egide.detection.names.features import FLAGS, flags, rows

Floats = NDArray[np.float32]
_MOST_KEPT: Final = 20_000
_WINDOW: Final = 2_048
"""Words weighed at once: memory stays bounded on a text of any length."""


class Network:
    """Weights of the tags of each word. Threads take turns: what is kept of words changes (see ``model``)."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._pieces = _table(arrays, "pieces")
        self._forms = _table(arrays, "forms")
        self._flags, self._flag_bias = _floats(arrays["flags.w"]), _floats(arrays["flags.b"])
        self._meaning = _table(arrays, "meaning")
        words = str(arrays["meaning.words"]).split("\n")
        self._place = {word: place for place, word in enumerate(words)}
        self._dilations: list[int] = arrays["dilations"].tolist()
        self._layers = [
            (dilation, _floats(arrays[f"layer{i}.w"]), _floats(arrays[f"layer{i}.b"]))
            for i, dilation in enumerate(self._dilations)
        ]
        self._block, self._block_bias = _floats(arrays["block.w"]), _floats(arrays["block.b"])
        self._told_at, self._block_size = arrays["block"].tolist()
        self._tags, self._tag_bias = _floats(arrays["tags.w"]), _floats(arrays["tags.b"])
        self._reach = sum(self._dilations)
        self._by_itself = [
            (_floats(arrays[f"{name}.w"]), _floats(arrays[f"{name}.b"]))
            for name in ("own", "own_in", "own_out")
        ]
        self._hash, self._own = self._pieces.shape[1], self._by_itself[0][0].shape[1]
        self._forget()

    def weights(self, words: Sequence[str], forms: Sequence[Sequence[int]]) -> Floats:
        """[T, tags] probabilities for T folded ``words`` and their ``forms`` (4 rows of T numbers)."""
        size, step = len(words), _WINDOW - 2 * self._reach
        if size <= _WINDOW:
            return self._window(words, forms)
        found = np.empty((size, len(self._tag_bias)), np.float32)
        for start in range(0, size, step):
            first, last = max(0, start - self._reach), min(size, start + step + self._reach)
            weights = self._window(words[first:last], [row[first:last] for row in forms])
            found[start : start + step] = weights[start - first : start - first + step]
        return found

    def _window(self, words: Sequence[str], forms: Sequence[Sequence[int]]) -> Floats:
        places = self._places(words)  # first: it may begin to keep words anew
        x = np.empty((len(words), self._own + self._forms.shape[1]), np.float32)
        x[:, : self._own] = self._kept[places]
        first, *others = np.array(forms)
        x[:, self._own :] = self._forms[first]
        for row in others:
            x[:, self._own :] += self._forms[row]
        for number, (dilation, weights, bias) in enumerate(self._layers):
            y = _convolved(x, dilation, weights)
            y += bias
            np.maximum(y, 0, out=y)
            x = y if not number else np.add(x, y, out=y)
            if number == self._told_at:
                self._tell(x)
        return _softmax(x @ self._tags + self._tag_bias)

    def _tell(self, x: Floats) -> None:
        """Add to each word what its block of text holds: the mean and the most of each number."""
        size = len(x)
        count = -(-size // self._block_size)
        for number in range(count):
            block = x[-(-number * size // count) : -(-(number + 1) * size // count)]
            held = np.concatenate((block.sum(axis=0) / len(block), block.max(axis=0)))
            block += np.maximum(held @ self._block + self._block_bias, 0)

    def _places(self, words: Sequence[str]) -> list[int]:
        """Where each word's own vector is kept; new words are entered."""
        places = self._known
        try:
            return [places[word] for word in words]
        except KeyError:
            new = set(words) - places.keys()
        if len(places) + len(new) > len(self._kept):
            self._forget()
            places, new = self._known, set(words)
        self._enter(list(new))
        return [places[word] for word in words]

    def _enter(self, words: list[str]) -> None:
        """Compute and keep what ``words`` are by themselves."""
        first, past = len(self._known), len(self._known) + len(words)
        told = np.zeros((len(words), self._hash + self._meaning.shape[1]), np.float32)
        listed = np.array([flags(word) for word in words])[:, None] >> np.arange(FLAGS) & 1
        told[:, : self._hash] = self._pieces[np.array([rows(word) for word in words])].sum(axis=1)
        told[:, : self._hash] += listed.astype(np.float32) @ self._flags + self._flag_bias
        places = np.array([self._place.get(word.rstrip("'"), -1) for word in words])
        told[places >= 0, self._hash :] = self._meaning[places[places >= 0]]
        (skip, bias), (into, into_bias), (out, out_bias) = self._by_itself
        between = np.maximum(told @ into + into_bias, 0)
        self._kept[first:past] = told @ skip + bias + between @ out + out_bias
        self._known.update(zip(words, range(first, past), strict=True))

    def _forget(self) -> None:
        self._known: dict[str, int] = {}
        self._kept = np.zeros((_MOST_KEPT, self._own), np.float32)


def _convolved(x: Floats, dilation: int, weights: Floats) -> Floats:
    """Each word with the one ``dilation`` before and after it: [T, width] times thrice [width, width]."""
    size, width = x.shape
    found: Floats = x @ weights[width : 2 * width]
    if size > dilation:
        found[dilation:] += x[: size - dilation] @ weights[:width]
        found[: size - dilation] += x[dilation:] @ weights[2 * width :]
    return found


def _softmax(x: Floats) -> Floats:
    x -= x.max(axis=1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=1, keepdims=True)
    return x


def _floats(stored: NDArray[Any]) -> Floats:
    return np.ascontiguousarray(stored, np.float32)


def _table(arrays: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """Rows of 8 bits, each with its scale."""
    found: Floats = arrays[f"{name}.q"].astype(np.float32) * arrays[f"{name}.s"].astype(np.float32)[:, None]
    return found
