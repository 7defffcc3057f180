"""Sends a case to a model, by the same door as the Assistant: same policy, masking and journal."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import Any, Final
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.utils import timezone

from egide.errors import EgideError, PolicyError, WorkspaceError
from egide.policy import Caller
from egide.ports import Adjustments, Turn
from egide.workspace.prompts import cases
from egide.workspace.prompts.filling import fill
from egide.workspace.prompts.judging import judge
from egide.workspace.prompts.models import Case
from egide.workspace.prompts.warning import Asked
from egide.workspace.wiring import wired

logger = logging.getLogger(__name__)
LONGEST: Final = 120.0
"""Seconds that a model has to answer a case."""
AT_ONCE: Final = 4
"""Cases that are sent at the same time."""


async def attempt_all(asked: Asked, provider: str, model: str) -> None:
    """Send the cases, ``AT_ONCE`` at the same time, and keep what became of each."""
    free = asyncio.Semaphore(AT_ONCE)

    async def one(case: Case) -> None:
        async with free:
            await attempt(asked, case, provider, model)

    async with asyncio.TaskGroup() as begun:
        for case in asked.chosen:
            begun.create_task(one(case))


async def attempt(asked: Asked, case: Case, provider: str, model: str) -> None:
    """Send the case and keep what became of it. A refusal or a failure is kept by its code."""
    saved = cases.opened(case)
    answer, verdict, code = "", None, ""
    try:
        answer = await _answer(asked.caller, provider, model, fill(asked.content, saved.values))
        verdict = judge(answer, saved.must, saved.must_not)
    except EgideError as problem:
        code = problem.code
    except Exception as failure:  # fail closed; the type only, a message could quote a text
        logger.error("trial failed: %s", type(failure).__name__)
        code = "EG-6109"
    await sync_to_async(cases.keep)(case, provider, model, verdict, code, answer, timezone.now())


async def _answer(caller: Caller, provider: str, model: str, text: str) -> str:
    """The whole answer. What would need a reason or a pilot is not sent: a trial asks nobody."""
    found = await asyncio.to_thread(wired().exchanges.preview, caller, provider, text, Adjustments())
    if found.refused or not found.decision.released():
        raise PolicyError("EG-6477")
    asked: Any = wired().exchanges.answer(
        caller,
        provider,
        [Turn("user", text)],
        model=model or None,
        conversation=str(uuid4()),
        adjustments=Adjustments(),
    )
    try:
        async with asyncio.timeout(LONGEST), aclosing(asked) as source:
            return "".join([delta.text async for delta in source])
    except TimeoutError:
        raise WorkspaceError("EG-6478") from None
