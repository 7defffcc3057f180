"""Findings of texts, for the exchanges of one snapshot: cached, and off the event loop when long.

Clients send their whole history at each turn: a text already read is not read again. The cache is keyed
by a hash with a secret of the process, so that it holds no text; it is emptied when the snapshot changes.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Final

from egide.detection import Detector, Finding
from egide.detection.recogniser import Source
from egide.detection.terms import Terms
from egide.detection.view import fold
from egide.errors import DetectionError
from egide.ports import Snapshot
from egide.pseudonymisation import Keyring

logger = logging.getLogger(__name__)
# Below, reading costs less than going to another thread and back; above, other streams would wait.
ON_THE_LOOP: Final = 4_000
MOST_CHARACTERS: Final = 2_000_000
_CACHE_BYTES: Final = 16_000_000
_ENTRY_BYTES, _FINDING_BYTES = 200, 120

Findings = tuple[Finding, ...]


class Analyst:
    """Safe to share between threads. ``make_detector`` is given the extra sources of the snapshot."""

    def __init__(
        self,
        keyring: Keyring,
        make_detector: Callable[[Sequence[Source]], Detector] = lambda extra: Detector(extra=extra),
        *,
        threads: int = 2,
    ) -> None:
        self._keyring, self._make = keyring, make_detector
        self._salt = secrets.token_bytes(32)
        self._cache: OrderedDict[bytes, Findings] = OrderedDict()
        self._room = _CACHE_BYTES
        self._lock = Lock()
        self._ready: tuple[Snapshot, Detector] | None = None
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="egide-analysis")

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def warm(self, snapshot: Snapshot) -> None:
        """Make the detector and let it read one sentence: the first caller does not wait for its tables."""
        await asyncio.get_running_loop().run_in_executor(self._pool, self.find, snapshot, ("Bonjour.",))

    async def find_all(self, snapshot: Snapshot, texts: Sequence[str]) -> list[Findings]:
        """Findings of each text. Raises DetectionError EG-1001 (too long) or EG-1002."""
        check_size(texts)
        detector = self._detector(snapshot)
        found: list[Findings | None] = [self._cached(text) for text in texts]
        missing = [text for text, known in zip(texts, found, strict=True) if known is None]
        if sum(map(len, missing)) > ON_THE_LOOP:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._pool, self._read_all, snapshot, detector, missing)
        return [
            self._read(snapshot, detector, text) if known is None else known
            for text, known in zip(texts, found, strict=True)
        ]

    def find(self, snapshot: Snapshot, texts: Iterable[str]) -> list[Findings]:
        """The same, in the calling thread."""
        texts = list(texts)
        check_size(texts)
        detector = self._detector(snapshot)
        return [self._read(snapshot, detector, text) for text in texts]

    def _read_all(self, snapshot: Snapshot, detector: Detector, texts: Iterable[str]) -> None:
        for text in texts:
            self._read(snapshot, detector, text)

    def _read(self, snapshot: Snapshot, detector: Detector, text: str) -> Findings:
        known = self._cached(text)
        if known is not None:
            return known
        try:
            found = tuple(f for f in detector.detect(text) if not self._allowed(snapshot, text, f))
        except Exception as failure:  # fail closed, whatever broke; the type only: no text in the log
            logger.error("detection failed: %s", type(failure).__name__)
            raise DetectionError("EG-1002") from None
        self._keep(snapshot, text, found)
        return found

    def _allowed(self, snapshot: Snapshot, text: str, finding: Finding) -> bool:
        if not snapshot.allowed:
            return False
        return self._keyring.value_digest(fold(text[finding.start : finding.end])) in snapshot.allowed

    def _detector(self, snapshot: Snapshot) -> Detector:
        with self._lock:
            if self._ready is None or self._ready[0].version != snapshot.version:
                try:
                    extra = [Terms(snapshot.terms)] if snapshot.terms else []
                    self._ready = (snapshot, self._make(extra))
                except Exception as failure:
                    logger.error("detector not ready: %s", type(failure).__name__)
                    raise DetectionError("EG-1002") from None
                self._cache.clear()
                self._room = _CACHE_BYTES
            return self._ready[1]

    def _key(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, key=self._salt).digest()

    def _cached(self, text: str) -> Findings | None:
        key = self._key(text)
        with self._lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
            return found

    def _keep(self, snapshot: Snapshot, text: str, found: Findings) -> None:
        key, size = self._key(text), _size(found)
        with self._lock:
            # Another thread may have moved to a newer snapshot meanwhile: what it would read is not this.
            if self._ready is None or self._ready[0].version != snapshot.version or key in self._cache:
                return
            self._cache[key] = found
            self._room -= size
            while self._room < 0:
                _, oldest = self._cache.popitem(last=False)
                self._room += _size(oldest)


def check_size(texts: Iterable[str]) -> None:
    """Raise DetectionError EG-1001 when one text is too long to be read."""
    longest = max(map(len, texts), default=0)
    if longest > MOST_CHARACTERS:
        raise DetectionError("EG-1001", size=longest, limit=MOST_CHARACTERS)


def _size(found: Findings) -> int:
    return _ENTRY_BYTES + _FINDING_BYTES * len(found)
