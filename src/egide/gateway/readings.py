"""Readings of files kept for some minutes, under a hash with a secret of the process.

Clients send their whole history at each turn: a file already read is not read again.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final

from egide.documents import File, Reading

_CHARACTERS: Final = 8_000_000
_SECONDS: Final = 600.0


class Readings:
    """Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._salt, self._lock = clock, secrets.token_bytes(32), Lock()
        self._kept: OrderedDict[bytes, tuple[float, Reading]] = OrderedDict()
        self._room = _CHARACTERS

    def get(self, file: File) -> Reading | None:
        """What was read of the same bytes, announced alike."""
        with self._lock:
            self._forget()
            kept = self._kept.get(self._key(file))
            return kept[1] if kept else None

    def keep(self, file: File, reading: Reading) -> None:
        """Keep a reading; the oldest go when there is no room."""
        with self._lock:
            key = self._key(file)
            if key not in self._kept:
                self._kept[key] = (self._clock(), reading)
                self._room -= _size(reading)
            self._forget()

    def _forget(self) -> None:
        old = self._clock() - _SECONDS
        while self._kept and (self._room < 0 or next(iter(self._kept.values()))[0] < old):
            self._room += _size(self._kept.popitem(last=False)[1][1])

    def _key(self, file: File) -> bytes:
        digest = hashlib.blake2b(f"{file.media}\n{file.ending}\n".encode(), digest_size=16, key=self._salt)
        digest.update(file.data)
        return digest.digest()


def _size(reading: Reading) -> int:
    return 200 + len(reading.text) + sum(100 + len(line.text) for line in reading.lines)
