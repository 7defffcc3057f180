"""Keyed names of words: 64 bits that tell nothing of the word without the key.

One block of AES per 16 letters (a pseudo-random function: the key is never used for anything else), so
that all the words of a text, or of 200,000 entries, are named in one call; keyed BLAKE2b for the few
words that are longer than two blocks or not in plain letters. A plural counts as its singular.
"""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

from egide.detection.knowledge.cutting import Bytes, Marks, Places, Words

Names = NDArray[np.uint64]

BLOCK: Final = 16
LONGEST: Final = 2 * BLOCK
_SHORTEST_PLURAL: Final = 5
_S, _X = ord("s"), ord("x")
_COLUMNS: Final = np.arange(LONGEST)
# Row n keeps the first n letters.
_KEPT: Final = ((np.arange(LONGEST + 1)[:, None] > _COLUMNS) * 255).astype(np.uint8)
_MIX_1, _MIX_2 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SHIFT_1, _SHIFT_2 = np.uint64(32), np.uint64(29)


class Namer:
    """Names under one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        # One block at a time is what ECB is sound for; no two blocks of one message are encrypted.
        self._cipher = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305
        self._key = key

    def same(self, other: Namer) -> bool:
        """Whether both give the same names."""
        return self._key == other._key

    def of_letters(self, letters: Bytes) -> Names:
        """Names of the words that are the rows of ``letters``, ended by zeros."""
        first = self._encrypt(letters[:, :BLOCK])
        names = first[:, 0].copy()
        if letters.shape[1] > BLOCK:
            long = np.flatnonzero(letters[:, BLOCK])
            if len(long):
                second = first[long] ^ np.ascontiguousarray(letters[long, BLOCK:]).view(np.uint64)
                names[long] = self._encrypt(second.view(np.uint8))[:, 0]
        return names

    def of_words(self, words: Words) -> Names:
        """The name of every word, the same for its plural."""
        end = words.end - plural(words)
        names = self.of_letters(letters(words, words.start, end))
        for i in (~(words.plain & (words.size <= LONGEST))).nonzero()[0]:
            names[i] = self._other(words.low[words.start[i] : end[i]].encode("utf-8", "surrogatepass"))
        return names

    def _encrypt(self, blocks: Bytes) -> Names:
        told = self._cipher.encryptor().update(np.ascontiguousarray(blocks).tobytes())
        return np.frombuffer(told, np.uint64).reshape(-1, 2)

    def _other(self, word: bytes) -> np.uint64:
        told = hashlib.blake2b(word, digest_size=8, key=self._key).digest()
        return np.uint64(int.from_bytes(told, "little"))


def plural(words: Words) -> Marks:
    """Words that end in s or x and are long enough for it to be the mark of a plural."""
    last = words.letters[words.end - 1]
    ended: Marks = ((last == _S) | (last == _X)) & (words.size >= _SHORTEST_PLURAL)
    return ended


def letters(words: Words, start: Places, end: Places) -> Bytes:
    """Rows of letters, ended by zeros, as wide as the longest needs (one block or two)."""
    size = np.minimum(end - start, LONGEST)
    wide = LONGEST if len(size) and int(size.max()) > BLOCK else BLOCK
    # Row i of this is the text from character i on: nothing is copied but the rows of the words.
    every = np.ndarray((len(words.letters) - LONGEST + 1, wide), np.uint8, words.letters, 0, (1, 1))
    rows: Bytes = every[start]
    rows &= _KEPT[size, :wide]
    return rows


def chain(before: Names, name: Names) -> Names:
    """The name of a run of words, from that of its beginning and of its last word."""
    return mixed(before * _MIX_1 ^ name)


def mixed(names: Names) -> Names:
    """``names``, changed in place, with each bit depending on all."""
    names ^= names >> _SHIFT_1
    names *= _MIX_2
    names ^= names >> _SHIFT_2
    return names


def sorted_once(names: Names) -> Names:
    """``names`` sorted, each once. NumPy's own ``unique`` puts them in a table by their low bits, which are
    alike in a list of typos: two hundred times slower."""
    ordered = np.sort(names)
    fresh = np.ones(len(ordered), np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]
