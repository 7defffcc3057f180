"""What the rest of Égide asks of the Assistant: forget what is too old."""

from __future__ import annotations

from datetime import datetime, timedelta

from egide.workspace import configuration
from egide.workspace.assistant.models import Conversation, Held


def purge(now: datetime) -> int:
    """Delete conversations whose last message is older than the retention period. How many were deleted.

    Called by the server at start and each day.
    """
    limit = now - timedelta(days=configuration.current().history_days)
    Held.objects.filter(created_at__lt=limit).delete()
    return Conversation.objects.filter(updated_at__lt=limit).delete()[1].get("assistant.Conversation", 0)
