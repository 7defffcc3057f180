"""Each night, forget what was kept long enough: conversations, vault, imports, proposals, reasons, prepared
texts and trials, mails, and journal."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.utils import timezone

from egide.settings import Settings

logger = logging.getLogger(__name__)
# Local time: when the fewest exchanges wait for the journal.
HOUR = 3


async def purge_each_day(settings: Settings) -> None:
    """At start, then each night, until cancelled. A failure is logged and tried again the night after."""
    while True:
        try:
            await sync_to_async(keep_up)(settings)
        except Exception as problem:  # retention must not stop because of one bad day
            logger.error("purge failed: %s", type(problem).__name__)
        await asyncio.sleep(until_night(timezone.localtime()).total_seconds())


def keep_up(settings: Settings) -> None:
    """Count what the journal holds, then forget: what is purged has been counted."""
    from egide.workspace.overview.tally import catch_up_wholly

    try:
        catch_up_wholly(timezone.now())
    except Exception as problem:  # nobody's data is kept longer because a count failed
        logger.error("count failed: %s", type(problem).__name__)
    purge(settings)


def until_night(now: datetime) -> timedelta:
    """How long it is until the next time to purge."""
    then = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return then - now if then > now else then + timedelta(days=1) - now


def purge(settings: Settings) -> dict[str, int]:
    """Forget what is older than its retention period. How many of each were deleted."""
    from egide.workspace.assistant.services import purge as purge_conversations
    from egide.workspace.feedback.services import purge as purge_proposals
    from egide.workspace.journalling.purging import purge as purge_journal
    from egide.workspace.journalling.store import purge_vault
    from egide.workspace.justifications.services import purge as purge_justifications
    from egide.workspace.knowledge.drafts import purge as purge_drafts
    from egide.workspace.mail.outbox import purge as purge_mails
    from egide.workspace.prompts.services import purge as purge_prompts

    return {
        "conversations": purge_conversations(timezone.now()),
        "vault": purge_vault(settings.vault_days),
        "imports": purge_drafts(timezone.now()),
        "proposals": purge_proposals(timezone.now()),
        "justifications": purge_justifications(timezone.now()),
        "prompts": purge_prompts(timezone.now()),
        "mails": purge_mails(timezone.now()),
        "journal": purge_journal(settings.journal_days, timezone.now()),
    }
