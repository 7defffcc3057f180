"""What a counter shared by several servers does for this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from egide.errors import GatewayError
from egide.policy.limits import Cell
from egide.ports import Count


class Unreachable(Exception):  # noqa: N818 - the server then counts by itself: no error of the caller's
    """The shared counter did not answer, or not as it should."""


class SharedCounts(Protocol):
    """``known`` is what this server knows of each counter: one that holds less goes on from there."""

    problem: GatewayError | None  # EG-4043 while it does not answer

    async def admit(
        self, mosts: Sequence[tuple[Cell, int]], added: Sequence[Count], known: Sequence[int]
    ) -> tuple[bool, list[int]]:
        """See ``Counts.admit``. Raises Unreachable."""

    async def add(self, added: Sequence[Count], known: Sequence[int]) -> None:
        """See ``Counts.add``. Raises Unreachable."""

    async def close(self) -> None:
        """Close the connections."""
