"""The checks of finished answers, off the event loop: no piece of any stream waits for them.

When answers come faster than they can be read, some are not: the journal says so (``checked``: false).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import Final

from egide.checks import AnswerChecks, check_answer
from egide.gateway.analysis import Analyst
from egide.gateway.failures import place_of
from egide.ports import Snapshot

logger = logging.getLogger(__name__)
_MOST_AT_ONCE: Final = 32
MOST_CHARACTERS: Final = 200_000
_STOP_SECONDS: Final = 5.0


class Reviewer:
    """Used from one event loop; ``stop`` before the journal's."""

    def __init__(self, analyst: Analyst, *, most_at_once: int = _MOST_AT_ONCE) -> None:
        self._analyst, self._most = analyst, most_at_once
        self._tasks: set[asyncio.Task[AnswerChecks | None]] = set()

    def begin(
        self, snapshot: Snapshot, answer: Callable[[], str], sent: Sequence[str], *, asked: bool
    ) -> asyncio.Task[AnswerChecks | None]:
        """A task that gives the checks of what ``answer`` tells, or None when it was not read."""
        setting = snapshot.policy.document.checks.answers
        wanted = setting.covers(asked=asked) and len(self._tasks) < self._most
        task = asyncio.create_task(self._review(snapshot, answer, sent, wanted=wanted))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Wait for what is being read, for a moment."""
        if self._tasks:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*self._tasks), _STOP_SECONDS)

    async def _review(
        self, snapshot: Snapshot, answer: Callable[[], str], sent: Sequence[str], *, wanted: bool
    ) -> AnswerChecks | None:
        if not wanted:
            return None
        try:
            text = (await asyncio.to_thread(answer))[:MOST_CHARACTERS]
            findings = await self._analyst.find_apart(snapshot, text)
            return await asyncio.to_thread(check_answer, text, findings, sent)
        except Exception as failure:  # the answer was given: what fails here only leaves it unchecked
            logger.error("answer not checked: %s", place_of(failure))
            return None
