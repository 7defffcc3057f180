"""A restored text that is read on its way out, by what may take values out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from egide.pseudonymisation.known import Index, Known
from egide.pseudonymisation.restoring import Mode, Restorer, Segment


class Reader(Protocol):
    """Reads one text that comes in pieces; what it gives out is the same whatever the cuts."""

    def feed(self, segments: Sequence[Segment]) -> list[Segment]:
        """What may go once these have come."""

    def close(self) -> list[Segment]:
        """What it held back, now that nothing follows."""


class ReadRestorer(Restorer):
    """A restorer whose text passes through a reader."""

    def __init__(self, known: Mapping[str, Known] | Index, mode: Mode, reader: Reader) -> None:
        super().__init__(known, mode)
        self._passed = reader

    def feed(self, chunk: str) -> str:
        """See ``Restorer``."""
        return "".join([segment.text for segment in self.feed_segments(chunk)])

    def feed_segments(self, chunk: str) -> list[Segment]:
        """See ``Restorer``."""
        return self._passed.feed(super().feed_segments(chunk))

    def close_segments(self) -> list[Segment]:
        """See ``Restorer``."""
        left = self._passed.feed(super().close_segments())
        return left + self._passed.close()
