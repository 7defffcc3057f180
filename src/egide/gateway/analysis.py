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
from functools import partial
from threading import Lock
from typing import Final

from egide.detection import Detector, Finding
from egide.detection.merge import merge
from egide.detection.recogniser import Source
from egide.detection.terms import Terms
from egide.detection.view import Views, fold
from egide.errors import DetectionError
from egide.gateway.failures import place_of
from egide.gateway.mentions import Value, foreign, named
from egide.ports import Snapshot
from egide.pseudonymisation import Keyring

logger = logging.getLogger(__name__)
# Below, reading costs less than going to another thread and back; above, other streams would wait.
ON_THE_LOOP: Final = 4_000
# What is known already costs some hundredths of that, but a whole history is long.
_KNOWN_ON_THE_LOOP: Final = 40_000
_VALUES_ON_THE_LOOP: Final = 200
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
        seconds: float = 60.0,
        cache_bytes: int = _CACHE_BYTES,
    ) -> None:
        self._keyring, self._make = keyring, make_detector
        self._salt = secrets.token_bytes(32)
        self._cache: OrderedDict[bytes, Findings] = OrderedDict()
        self._size = self._room = cache_bytes
        self._lock = Lock()
        self._ready: tuple[Snapshot, Detector] | None = None
        self._threads, self._seconds = threads, seconds
        self._pool = self._new_pool()

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def warm(self, snapshot: Snapshot) -> None:
        """Make the detector and let it read one sentence: the first caller does not wait for its tables."""
        await self._in_thread(snapshot, ("Bonjour.",))

    async def find_all(
        self,
        snapshot: Snapshot,
        texts: Sequence[str],
        earlier: Sequence[Value] = (),
        views: Views | None = None,
    ) -> list[Findings]:
        """Findings of each text of one request, which is read as one conversation: what is found in one
        text, or was ``earlier`` in the conversation, is sought in the others. Raises DetectionError EG-1001
        (too long), EG-1002 or EG-1004 (too slow)."""
        check_size(texts)
        new = sum(len(text) for text in texts if self._cached(_plain(text)) is None)
        known = sum(map(len, texts))
        if new > ON_THE_LOOP or known > _KNOWN_ON_THE_LOOP or len(earlier) > _VALUES_ON_THE_LOOP:
            return await self._in_thread(snapshot, texts, earlier, views)
        return self.find(snapshot, texts, earlier, views)

    async def find_apart(self, snapshot: Snapshot, text: str) -> Findings:
        """Findings of a text that nobody waits for at once: always off the event loop."""
        (found,) = await self._in_thread(snapshot, (text,))
        return found

    async def _in_thread(
        self,
        snapshot: Snapshot,
        texts: Sequence[str],
        earlier: Sequence[Value] = (),
        views: Views | None = None,
    ) -> list[Findings]:
        pool = self._pool
        reading = pool.submit(self.find, snapshot, texts, earlier, views)
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.wrap_future(reading)
        except TimeoutError:
            if reading.running() and pool is self._pool:
                # A thread cannot be stopped: it is left alone, and the next texts are read by others.
                logger.error(
                    "detection: a text is not read after %s s, its threads are replaced", self._seconds
                )
                pool.shutdown(wait=False)
                self._pool = self._new_pool()
            raise DetectionError("EG-1004", limit=f"{self._seconds:g}") from None

    def _new_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="egide-analysis")

    def windows(self, snapshot: Snapshot) -> Callable[[str], Findings]:
        """What finds in texts that are read only once, in the calling thread: the cache is left alone, and a
        new snapshot changes nothing. It raises DetectionError EG-1002."""

        def find(text: str) -> Findings:
            try:
                found = detector.detect(text)
                return tuple(finding for finding in found if not self._allowed(snapshot, text, finding))
            except Exception as failure:  # fail closed, as below
                logger.error("detection failed: %s", place_of(failure))
                raise DetectionError("EG-1002") from None

        detector = self._detector(snapshot)
        return find

    def find(
        self,
        snapshot: Snapshot,
        texts: Sequence[str],
        earlier: Sequence[Value] = (),
        views: Views | None = None,
    ) -> list[Findings]:
        """The same, in the calling thread."""
        check_size(texts)
        try:
            return self._find(snapshot, texts, earlier, Views() if views is None else views)
        except Exception as failure:  # fail closed, whatever broke; no message: it could quote a text
            logger.error("detection failed: %s", place_of(failure))
            raise DetectionError("EG-1002") from None

    def _find(
        self, snapshot: Snapshot, texts: Sequence[str], earlier: Sequence[Value], views: Views
    ) -> list[Findings]:
        detector = self._detector(snapshot)

        def read(text: str) -> list[Finding]:
            return detector.detect(views[text])

        found = [self._once(snapshot, text, _plain(text), partial(read, text)) for text in texts]
        if len(texts) < 2 and not earlier:
            return found
        return [
            self._with(snapshot, text, findings, values) if values else findings
            for text, findings, values in zip(texts, found, foreign(texts, found, earlier), strict=True)
        ]

    def _with(self, snapshot: Snapshot, text: str, findings: Findings, values: tuple[Value, ...]) -> Findings:
        """Findings of a text with those that values found elsewhere reveal."""

        def read() -> list[Finding]:
            return merge([*findings, *named(text, findings, values)])

        key = "\x1e".join((text, *(part for value in values for part in value)))
        return self._once(snapshot, text, key, read)

    def _once(self, snapshot: Snapshot, text: str, key: str, read: Callable[[], list[Finding]]) -> Findings:
        known = self._cached(key)
        if known is not None:
            return known
        found = tuple(finding for finding in read() if not self._allowed(snapshot, text, finding))
        self._keep(snapshot, key, found)
        return found

    def _allowed(self, snapshot: Snapshot, text: str, finding: Finding) -> bool:
        if not snapshot.allowed:
            return False
        return self._keyring.value_digest(fold(text[finding.start : finding.end])) in snapshot.allowed

    def _detector(self, snapshot: Snapshot) -> Detector:
        with self._lock:
            if self._ready is None or self._ready[0].version != snapshot.version:
                terms = (Terms(snapshot.terms),) if snapshot.terms else ()
                self._ready = (snapshot, self._make((*terms, *snapshot.knowledge)))
                self._cache.clear()
                self._room = self._size
            return self._ready[1]

    def _key(self, name: str) -> bytes:
        return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16, key=self._salt).digest()

    def _cached(self, name: str) -> Findings | None:
        key = self._key(name)
        with self._lock:
            found = self._cache.get(key)
            if found is not None:
                self._cache.move_to_end(key)
            return found

    def _keep(self, snapshot: Snapshot, name: str, found: Findings) -> None:
        key, size = self._key(name), _size(found)
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


def _plain(text: str) -> str:
    """The key of a text read alone; one read beside values has another."""
    return text + "\x1d"


def _size(found: Findings) -> int:
    return _ENTRY_BYTES + _FINDING_BYTES * len(found)
