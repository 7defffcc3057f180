"""Once a day, forget what was kept long enough: conversations, vault, imports, proposals."""

from __future__ import annotations

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.utils import timezone

from egide.settings import Settings

logger = logging.getLogger(__name__)
DAY_SECONDS = 24 * 3600


async def purge_each_day(settings: Settings) -> None:
    """At start, then each day, until cancelled. A failure is logged and tried again the day after."""
    while True:
        try:
            await sync_to_async(purge)(settings)
        except Exception as problem:  # retention must not stop because of one bad day
            logger.error("purge failed: %s", type(problem).__name__)
        await asyncio.sleep(DAY_SECONDS)


def purge(settings: Settings) -> dict[str, int]:
    """Forget what is older than its retention period. How many of each were deleted."""
    from egide.workspace.assistant.services import purge as purge_conversations
    from egide.workspace.feedback.services import purge as purge_proposals
    from egide.workspace.journalling.store import purge_vault
    from egide.workspace.knowledge.drafts import purge as purge_drafts

    return {
        "conversations": purge_conversations(timezone.now()),
        "vault": purge_vault(settings.vault_days),
        "imports": purge_drafts(timezone.now()),
        "proposals": purge_proposals(timezone.now()),
    }
