"""What of the vault is on disk already: a conversation sends its history, and its values, at each turn.

An entry is written again after a while, so that its retention counts from its last use.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

from egide.pseudonymisation import SealedEntry

_MOST: Final = 50_000
_AGAIN_SECONDS: Final = 900.0


class Saved:
    """Names of entries written lately. Used from the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._when: OrderedDict[tuple[str, str], float] = OrderedDict()

    def missing(self, entries: Sequence[SealedEntry]) -> list[SealedEntry]:
        """Those to write now."""
        limit = self._clock() - _AGAIN_SECONDS
        return [entry for entry in entries if self._when.get(_name(entry), limit) <= limit]

    def add(self, entries: Sequence[SealedEntry]) -> None:
        """These are on disk."""
        now = self._clock()
        for entry in entries:
            self._when[_name(entry)] = now
            self._when.move_to_end(_name(entry))
        while len(self._when) > _MOST:
            self._when.popitem(last=False)


def _name(entry: SealedEntry) -> tuple[str, str]:
    return entry.scope_id, entry.placeholder
