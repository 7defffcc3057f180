"""What of the vault is on disk already: a conversation sends its history, and its values, at each turn.

An entry is written again after a while, so that its retention counts from its last use.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

_MOST: Final = 50_000
_AGAIN_SECONDS: Final = 900.0


class Saved:
    """Codes kept lately, by scope. Used from the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._when: OrderedDict[tuple[str, str], float] = OrderedDict()

    def missing(self, scope_id: str, codes: Sequence[str]) -> list[str]:
        """Those to keep now."""
        limit = self._clock() - _AGAIN_SECONDS
        return [code for code in codes if self._when.get((scope_id, code), limit) <= limit]

    def add(self, scope_id: str, codes: Sequence[str]) -> None:
        """These are on their way to the disk."""
        now = self._clock()
        for code in codes:
            self._when[scope_id, code] = now
            self._when.move_to_end((scope_id, code))
        while len(self._when) > _MOST:
            self._when.popitem(last=False)
